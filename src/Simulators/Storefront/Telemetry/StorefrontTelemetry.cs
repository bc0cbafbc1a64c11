using System.Diagnostics;
using System.Diagnostics.Metrics;
using EventSourcing.CloudEvents;
using EventSourcing.Storefront.Events;
using EventSourcing.Storefront.Shoppers;

namespace EventSourcing.Storefront.Telemetry;

/// <summary>Meter and activity source <c>EventSourcing.Storefront</c>.</summary>
internal sealed class StorefrontTelemetry : IDisposable
{
    public const string Name = "EventSourcing.Storefront";

    private static readonly string[] Statuses = [.. Enum.GetNames<SendStatus>().Select(name => name.ToLowerInvariant())];
    private readonly ActivitySource _activities = new(Name);
    private readonly Meter _meter;
    private readonly Counter<long> _answers;

    public StorefrontTelemetry(IMeterFactory meters)
    {
        _meter = meters.Create(Name);
        _answers = _meter.CreateCounter<long>("eventsourcing.storefront.answers", "{event}", "Answers to the shoppers' events by path and status.");
    }

    /// <summary>Counts one answer.</summary>
    public void Answered(string path, SendStatus status) => _answers.Add(1, new("path", path), new("status", Statuses[(int)status]));

    /// <summary>
    /// The context a request is sent in: a trace of its own when it holds an event whose turn it is, else one that is not recorded, so
    /// that neither client nor service starts a trace for it.
    /// </summary>
    public Activity? StartSend(IReadOnlyList<NumberedEvent> events, int every)
    {
        Activity.Current = null;
        foreach (var numbered in events)
        {
            if (numbered.Number % every != 0 || _activities.StartActivity($"send {EventFactory.Topic}", ActivityKind.Producer) is not { } trace)
                continue;
            numbered.Event[EventAttributes.TraceParent] = trace.Id;
            return trace;
        }

        return new Activity("untraced").Start();
    }

    public void Dispose()
    {
        _activities.Dispose();
        _meter.Dispose();
    }
}
