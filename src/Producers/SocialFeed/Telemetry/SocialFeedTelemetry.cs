using System.Diagnostics;
using System.Diagnostics.Metrics;
using CloudNative.CloudEvents;
using EventSourcing.CloudEvents;
using EventSourcing.EventBackbone;

namespace EventSourcing.SocialFeed.Telemetry;

/// <summary>Meter and activity source <c>EventSourcing.SocialFeed</c>. Sending to Kafka has its own instruments in the backbone.</summary>
internal sealed class SocialFeedTelemetry : IDisposable
{
    /// <summary>Name of the meter and of the activity source.</summary>
    public const string Name = "EventSourcing.SocialFeed";

    private readonly ActivitySource _activities = new(Name);
    private readonly Meter _meter;
    private readonly Counter<long> _posts;
    private readonly Counter<long> _unauthenticated;
    private readonly Counter<long> _deadLettersLost;
    private readonly Counter<long> _payloads;
    private readonly Counter<long> _payloadBytes;
    private readonly Counter<long> _expired;

    public SocialFeedTelemetry(IMeterFactory meters)
    {
        _meter = meters.Create(Name);
        _posts = _meter.CreateCounter<long>("eventsourcing.social_feed.posts", "{event}", "Posts by path and outcome.");
        _unauthenticated = _meter.CreateCounter<long>("eventsourcing.social_feed.unauthenticated", "{request}", "Requests whose signature does not hold, by feed.");
        _deadLettersLost = _meter.CreateCounter<long>("eventsourcing.social_feed.dead_letters.lost", "{event}", "Dead letters nobody would take.");
        _payloads = _meter.CreateCounter<long>("eventsourcing.social_feed.claim_checks", "{event}", "Posts whose data went to the payload store.");
        _payloadBytes = _meter.CreateCounter<long>("eventsourcing.social_feed.claim_checks.size", "By", "Bytes of such data.");
        _expired = _meter.CreateCounter<long>("eventsourcing.social_feed.payloads.expired", "{payload}", "Payloads deleted because no event referred to them for too long.");
    }

    /// <summary>Shows what the store and the webhooks hold.</summary>
    public void Observe(Func<long> payloads, Func<long> payloadBytes, Func<long> bodyBytes)
    {
        _meter.CreateObservableUpDownCounter("eventsourcing.social_feed.payloads", payloads, "{payload}", "Payloads in the store.");
        _meter.CreateObservableUpDownCounter("eventsourcing.social_feed.payloads.size", payloadBytes, "By", "Bytes in the store, as counted against Payloads:QuotaBytes.");
        _meter.CreateObservableUpDownCounter("eventsourcing.social_feed.bodies.usage", bodyBytes, "By", "Bodies in memory, as counted against Webhooks:MaxInFlightBytes.");
    }

    /// <summary>A span for a post whose own trace is sampled and is not the trace of its request; else null.</summary>
    public Activity? StartAccept(CloudEvent cloudEvent)
    {
        if (!_activities.HasListeners() || cloudEvent[EventAttributes.TraceParent.Name] is not string parent
            || !ActivityContext.TryParse(parent, null, isRemote: true, out var context)
            || !context.TraceFlags.HasFlag(ActivityTraceFlags.Recorded)
            || Activity.Current is { Recorded: true } current && current.TraceId == context.TraceId)
            return null;
        return _activities.StartActivity($"accept {Routes.SocialPosts.Name}", ActivityKind.Server, context);
    }

    /// <summary>Counts what became of posts that came together.</summary>
    public void Count(string path, ReadOnlySpan<Receipt> receipts)
    {
        foreach (var receipt in receipts)
            _posts.Add(1, new("path", path), new("outcome", Outcome(receipt)));
    }

    public void Unauthenticated(string feed) => _unauthenticated.Add(1, new KeyValuePair<string, object?>("feed", feed));

    public void DeadLetterLost() => _deadLettersLost.Add(1);

    public void ClaimChecked(long bytes)
    {
        _payloads.Add(1);
        _payloadBytes.Add(bytes);
    }

    public void PayloadsExpired(int count) => _expired.Add(count);

    public void Dispose()
    {
        _activities.Dispose();
        _meter.Dispose();
    }

    private static string Outcome(in Receipt receipt) => receipt switch
    {
        { Rejection: { } rejection } => rejection.Type,
        { Level: ReceiptLevel.Stored } => "stored",
        { Level: ReceiptLevel.Spooled } => "spooled",
        _ => "queued",
    };
}
