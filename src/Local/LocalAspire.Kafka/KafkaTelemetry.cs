using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Text;
using Confluent.Kafka;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry;
using OpenTelemetry.Context.Propagation;

namespace Aspire.Confluent.Kafka;

/// <summary>Spans and metrics of the client, under the names that Aspire's package gives them.</summary>
internal static class KafkaTelemetry
{
    public const string Name = "OpenTelemetry.Instrumentation.ConfluentKafka";
    private const string Version = "0.1.0.0";

    public static readonly ActivitySource Source = new(Name, Version);
    private static readonly Meter Meter = new(Name, Version);
    public static readonly Counter<long> Published = Meter.CreateCounter<long>("messaging.publish.messages");
    public static readonly Counter<long> Received = Meter.CreateCounter<long>("messaging.receive.messages");
    public static readonly Histogram<double> PublishDuration = Meter.CreateHistogram<double>("messaging.publish.duration", "s");
    public static readonly Histogram<double> ReceiveDuration = Meter.CreateHistogram<double>("messaging.receive.duration", "s");

    public static void AddTo(IServiceCollection services, bool tracing, bool metrics)
    {
        var telemetry = services.AddOpenTelemetry();
        if (tracing)
            telemetry.WithTracing(provider => provider.AddSource(Name));
        if (metrics)
            telemetry.WithMetrics(provider => provider.AddMeter(Name));
    }

    /// <summary>Adds the context of the span to the message.</summary>
    public static void Inject(Activity activity, MessageMetadata message)
    {
        message.Headers ??= [];
        Propagators.DefaultTextMapPropagator.Inject(
            new PropagationContext(activity.Context, Baggage.Current), message.Headers,
            static (headers, name, value) => headers.Add(name, Encoding.UTF8.GetBytes(value)));
    }

    /// <summary>The context that the sender added to the message.</summary>
    public static ActivityContext Extract(MessageMetadata message) => message.Headers is null ? default
        : Propagators.DefaultTextMapPropagator.Extract(default, message.Headers, static (headers, name) =>
            headers.TryGetLastBytes(name, out var value) ? [Encoding.UTF8.GetString(value)] : []).ActivityContext;
}
