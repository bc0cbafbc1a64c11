namespace EventSourcing.EventBackbone;

/// <summary>
/// How long a service that reads from a foreign system waits before it connects again: doubled each time up to a limit; half of each wait is random, so that replicas
/// do not come back in step. Not thread-safe.
/// </summary>
/// <param name="first">The first wait, before chance shortens it; more than 0.</param>
/// <param name="longest">The longest.</param>
/// <param name="random">Where chance comes from.</param>
public sealed class ReconnectDelay(TimeSpan first, TimeSpan longest, Random random)
{
    private TimeSpan? _next;

    /// <summary>The next wait.</summary>
    public TimeSpan Next()
    {
        var full = _next ?? first;
        if (full > longest)
            full = longest;
        _next = full * 2;
        return full * (0.5 + (random.NextDouble() / 2));
    }

    /// <summary>Begins anew after a connection that did work.</summary>
    public void Reset() => _next = null;
}
