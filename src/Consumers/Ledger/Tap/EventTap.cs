using Microsoft.Extensions.Options;

namespace EventSourcing.Ledger;

/// <summary>
/// What a test looks at: the last good events (valid CloudEvents) and the last bad ones (dead letters, and records of event topics that are no valid CloudEvents). Thread-safe.
/// </summary>
internal sealed class EventTap(IOptions<LedgerOptions> options)
{
    private readonly Lock _gate = new();
    private readonly string _deadLetterTopic = options.Value.DeadLetterTopic;
    private readonly TapRing _good = new(options.Value.TapEvents, options.Value.TapBytes);
    private readonly TapRing _bad = new(options.Value.TapEvents, options.Value.TapBytes);

    public void Add(IReadOnlyList<ReadRecord> records)
    {
        lock (_gate)
        {
            foreach (var record in records)
            {
                var reason = record.Result.Topic == _deadLetterTopic ? record.Envelope.Reason ?? "(no reason)" : record.Envelope.Error;
                (reason is null ? _good : _bad).Add(new TapRecord(record.Result, reason));
            }
        }
    }

    public TapCounts Counts()
    {
        lock (_gate)
            return new TapCounts(_good.Total + _bad.Total, _good.Total, _bad.Total);
    }

    public IReadOnlyList<TapEvent> Good(TapFilter filter) => filter.Select(Copy(_good));

    public IReadOnlyList<TapEvent> Bad(TapFilter filter) => filter.Select(Copy(_bad));

    public void Reset()
    {
        lock (_gate)
        {
            _good.Clear();
            _bad.Clear();
        }
    }

    private TapRecord[] Copy(TapRing ring)
    {
        lock (_gate)
            return ring.ToArray();
    }
}
