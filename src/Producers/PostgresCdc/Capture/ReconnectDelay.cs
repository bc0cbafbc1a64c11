using EventSourcing.PostgresCdc.Options;

namespace EventSourcing.PostgresCdc.Capture;

/// <summary>Waits before reconnects: doubled each time up to a limit, half of it random.</summary>
internal sealed class ReconnectDelay(CdcOptions options, Random random)
{
    private TimeSpan _next = options.ReconnectDelay;

    /// <summary>The next wait.</summary>
    public TimeSpan Next()
    {
        var full = _next < options.ReconnectDelayMax ? _next : options.ReconnectDelayMax;
        _next = full * 2;
        return full * (0.5 + (random.NextDouble() / 2));
    }

    /// <summary>Begins anew after a connection that did work.</summary>
    public void Reset() => _next = options.ReconnectDelay;
}
