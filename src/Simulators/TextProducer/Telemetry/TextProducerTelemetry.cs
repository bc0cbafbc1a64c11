using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Text;
using Confluent.Kafka;

namespace EventSourcing.TextProducer.Telemetry;

/// <summary>Metrics and spans by the OpenTelemetry messaging conventions v1.44.0 (status Development).</summary>
internal sealed class TextProducerTelemetry : IDisposable
{
    public const string Name = "EventSourcing.TextProducer";

    private readonly ActivitySource _source = new(Name);
    private readonly Meter _meter;
    private readonly Counter<long> _sent;

    public TextProducerTelemetry(IMeterFactory meters)
    {
        _meter = meters.Create(Name);
        _sent = _meter.CreateCounter<long>("messaging.client.sent.messages", "{message}", "Lines sent, with error.type where they failed.");
    }

    /// <summary>Starts a trace and puts its context into the record's <c>traceparent</c> header.</summary>
    public Activity? StartSend(string topic, Message<Null, string> message)
    {
        Activity.Current = null;
        var span = _source.StartActivity($"send {topic}", ActivityKind.Producer, default(ActivityContext), new TagList
        {
            { "messaging.system", "kafka" },
            { "messaging.operation.name", "send" },
            { "messaging.operation.type", "send" },
            { "messaging.destination.name", topic },
        });
        if (span?.Id is { } context)
            message.Headers.Add("traceparent", Encoding.ASCII.GetBytes(context));
        return span;
    }

    public static void End(Activity? span, Error error)
    {
        if (span is null)
            return;
        if (error.IsError)
            span.SetStatus(ActivityStatusCode.Error, error.Reason).SetTag("error.type", error.Code.ToString());
        span.Dispose();
    }

    public void Sent(string topic, Error error)
    {
        var tags = new TagList { { "messaging.system", "kafka" }, { "messaging.operation.name", "send" }, { "messaging.destination.name", topic } };
        if (error.IsError)
            tags.Add("error.type", error.Code.ToString());
        _sent.Add(1, tags);
    }

    public void Dispose()
    {
        _source.Dispose();
        _meter.Dispose();
    }
}
