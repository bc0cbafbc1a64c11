namespace EventSourcing.Warehouse.Stock;

/// <summary>A stock movement: goods in, which reserves them for somebody, or goods out, which picks a reservation.</summary>
/// <param name="Number">Within its terminal, from 1.</param>
/// <param name="Item">Article.</param>
/// <param name="Quantity">Positive for goods in.</param>
/// <param name="Reservation">The reservation that is made or picked.</param>
/// <param name="At">When.</param>
/// <param name="TraceParent">Where its trace begins; null when it is not sampled.</param>
internal sealed record Movement(long Number, string Item, int Quantity, Guid Reservation, DateTimeOffset At, string? TraceParent);

/// <summary>The movements of a terminal, from a seed: in and out in turn, so that stock and reservations stay as they are over time.</summary>
internal sealed class MovementPlan(int seed, int items, TimeProvider time)
{
    private readonly Random _random = new(seed);
    private Movement? _in;

    /// <summary>The movement of that number; numbers come in order.</summary>
    public Movement Next(long number, string? traceParent)
    {
        if (_in is { } received)
        {
            _in = null;
            return received with { Number = number, Quantity = -received.Quantity, At = time.GetUtcNow(), TraceParent = traceParent };
        }

        return _in = new Movement(number, $"item-{_random.Next(items) + 1:D5}", _random.Next(1, 20), NewGuid(), time.GetUtcNow(), traceParent);
    }

    private Guid NewGuid()
    {
        Span<byte> bytes = stackalloc byte[16];
        Random.Shared.NextBytes(bytes);                       // a second run with the same seed must not meet the first one's rows
        return new Guid(bytes);
    }
}
