using System.Diagnostics;

namespace EventSourcing.PumpSimulator.Sending;

/// <summary>
/// Edges sample: a trace starts for every Nth sending only. OpenTelemetry messaging conventions v1.44.0 (status Development). Thread-safe.
/// </summary>
/// <param name="every">N; 0 for no traces at all.</param>
internal sealed class Tracing(int every) : IDisposable
{
    /// <summary>Name of the activity source.</summary>
    public const string Name = "EventSourcing.PumpSimulator";

    private readonly ActivitySource _source = new(Name);
    private long _count;

    /// <summary>The span of a sending; null when it is not sampled.</summary>
    /// <param name="template">Destination for the span's name.</param>
    /// <param name="system">Messaging system.</param>
    /// <param name="destination">Destination.</param>
    public Activity? StartSend(string template, string system, string destination)
    {
        if (every == 0 || (Interlocked.Increment(ref _count) - 1) % every != 0)
            return null;
        return _source.StartActivity($"send {template}", ActivityKind.Producer, default(ActivityContext), new TagList
        {
            { "messaging.system", system },
            { "messaging.operation.name", "send" },
            { "messaging.operation.type", "send" },
            { "messaging.destination.name", destination },
            { "messaging.destination.template", template },
        });
    }

    /// <summary>An activity that tells client libraries, and through them the server, that a sending is not sampled.</summary>
    public static Activity StartUnsampled() => new Activity("unsampled").SetIdFormat(ActivityIdFormat.W3C).Start();

    /// <inheritdoc/>
    public void Dispose() => _source.Dispose();
}
