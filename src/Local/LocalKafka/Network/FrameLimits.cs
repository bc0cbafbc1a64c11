namespace EventSourcing.LocalKafka.Network;

/// <summary>What the memory for requests is bounded by, over all connections of a broker.</summary>
internal sealed class FrameLimits(int maxBytes) : IDisposable
{
    public int MaxBytes { get; } = maxBytes;

    /// <summary>Frames above this size are received one at a time.</summary>
    public int LargeFrameBytes { get; } = 4 << 20;

    /// <summary>What an announced length may cost before its bytes come.</summary>
    public int FirstAllocationBytes { get; } = 1 << 20;

    /// <summary>How long one large frame may take, since others wait for it.</summary>
    public TimeSpan LargeFrameTimeout { get; } = TimeSpan.FromSeconds(60);

    public SemaphoreSlim LargeFrames { get; } = new(1);

    public void Dispose() => LargeFrames.Dispose();
}
