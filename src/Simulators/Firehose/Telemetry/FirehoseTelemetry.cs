using System.Diagnostics;
using System.Diagnostics.Metrics;
using EventSourcing.Firehose.Options;
using EventSourcing.Firehose.Sending;
using Microsoft.Extensions.Options;

namespace EventSourcing.Firehose.Telemetry;

/// <summary>Meter and source <c>EventSourcing.Firehose</c>; OpenTelemetry messaging conventions v1.44.0 (status Development). Edges sample: a trace starts for every Nth request.</summary>
internal sealed class FirehoseTelemetry : IDisposable
{
    /// <summary>Name of the meter and of the activity source.</summary>
    public const string Name = "EventSourcing.Firehose";

    private readonly ActivitySource _source = new(Name);
    private readonly Counter<long> _posts;
    private readonly FirehoseOptions _options;
    private long _count;

    /// <summary>Creates the instruments.</summary>
    public FirehoseTelemetry(IMeterFactory meters, IOptions<FirehoseOptions> options)
    {
        _options = options.Value;
        _posts = meters.Create(Name).CreateCounter<long>("eventsourcing.firehose.posts", "{event}", "Posts that have their final answer, by path and outcome.");
    }

    /// <summary>The context that a request is sent in: every Nth time a trace, else one that is not recorded, so that neither client nor service starts one.</summary>
    public Activity? StartSend()
    {
        Activity.Current = null;
        var every = _options.TraceEvery;
        var isSampled = every > 0 && (Interlocked.Increment(ref _count) - 1) % every == 0;
        return (isSampled ? _source.StartActivity($"send {_options.Topic}", ActivityKind.Producer, default(ActivityContext), new TagList
        {
            { "messaging.operation.name", "send" },
            { "messaging.operation.type", "send" },
            { "messaging.destination.name", _options.Topic },
        }) : null) ?? new Activity("untraced").SetIdFormat(ActivityIdFormat.W3C).Start();
    }

    /// <summary>The trace as an attribute; null when it is not recorded.</summary>
    public static string? TraceParentOf(Activity? trace) => trace is { Recorded: true } ? trace.Id : null;

    /// <summary>Posts have their final answer.</summary>
    public void Answered(string path, AnswerKind kind, long count = 1) => _posts.Add(count, new("path", path), new("outcome", kind.ToString()));

    /// <summary>Ends the source; the meter is the factory's.</summary>
    public void Dispose() => _source.Dispose();
}
