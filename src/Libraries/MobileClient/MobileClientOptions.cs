namespace EventSourcing.MobileClient;

/// <summary>How a phone queues and sends its events.</summary>
public sealed record MobileClientOptions
{
    /// <summary>The queue's file; created with its folder when it does not exist. It belongs to one client at a time.</summary>
    public required string QueuePath { get; init; }

    /// <summary>The installation: <c>subject</c> of the events, and of the device token; 1 to 64 of <c>[A-Za-z0-9_-]</c>.</summary>
    public required string InstallationId { get; init; }

    /// <summary>Where batches go, against the <see cref="HttpClient"/>'s base address; default <c>events</c>.</summary>
    public Uri Endpoint { get; init; } = new("events", UriKind.Relative);

    /// <summary>First part of the events' <c>source</c>, before the installation and the queue; default <c>/mobile</c>.</summary>
    public string SourcePrefix { get; init; } = "/mobile";

    /// <summary>Events the queue holds, count, 1 to 1,000,000; default 10,000. A full queue takes no further event; it drops none.</summary>
    public int MaxQueuedEvents { get; init; } = 10_000;

    /// <summary>Most events of a batch, count, 1 to 10,000; default 100.</summary>
    public int MaxBatchEvents { get; init; } = 100;

    /// <summary>Most bytes of a batch, 1 KiB to 64 MiB; default 512 KiB. A larger event goes alone.</summary>
    public int MaxBatchBytes { get; init; } = 524_288;

    /// <summary>So many waiting events are sent at once, count, at least 1; default 50.</summary>
    public int FlushCount { get; init; } = 50;

    /// <summary>Fewer are sent after so long, at least 100 ms; default 30 s.</summary>
    public TimeSpan FlushInterval { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>What an earlier run left is sent at <see cref="MobileEventClient.Start"/>; default true.</summary>
    public bool FlushOnStart { get; init; } = true;

    /// <summary>First wait after a failure, at least 10 ms; default 1 s. It doubles, with jitter; <c>Retry-After</c> goes before it.</summary>
    public TimeSpan FirstDelay { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Longest wait after a failure; default 5 min.</summary>
    public TimeSpan LongestDelay { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How long an answer may take, at least 100 ms; default 30 s. Then the batch is sent again.</summary>
    public TimeSpan RequestTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <exception cref="ArgumentException">A value is out of its range.</exception>
    internal void Validate()
    {
        ArgumentException.ThrowIfNullOrEmpty(QueuePath);
        ArgumentException.ThrowIfNullOrEmpty(InstallationId);
        ArgumentOutOfRangeException.ThrowIfNotEqual(MaxQueuedEvents, Math.Clamp(MaxQueuedEvents, 1, 1_000_000), nameof(MaxQueuedEvents));
        ArgumentOutOfRangeException.ThrowIfNotEqual(MaxBatchEvents, Math.Clamp(MaxBatchEvents, 1, 10_000), nameof(MaxBatchEvents));
        ArgumentOutOfRangeException.ThrowIfNotEqual(MaxBatchBytes, Math.Clamp(MaxBatchBytes, 1_024, 67_108_864), nameof(MaxBatchBytes));
        ArgumentOutOfRangeException.ThrowIfLessThan(FlushCount, 1, nameof(FlushCount));
        ArgumentOutOfRangeException.ThrowIfLessThan(FlushInterval, TimeSpan.FromMilliseconds(100), nameof(FlushInterval));
        ArgumentOutOfRangeException.ThrowIfLessThan(FirstDelay, TimeSpan.FromMilliseconds(10), nameof(FirstDelay));
        ArgumentOutOfRangeException.ThrowIfLessThan(LongestDelay, FirstDelay, nameof(LongestDelay));
        ArgumentOutOfRangeException.ThrowIfLessThan(RequestTimeout, TimeSpan.FromMilliseconds(100), nameof(RequestTimeout));
    }
}
