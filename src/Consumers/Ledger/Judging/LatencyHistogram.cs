using System.Numerics;
using EventSourcing.Receipts;

namespace EventSourcing.Ledger;

/// <summary>
/// Latencies in 272 logarithmic buckets, 8 per power of two, from 1 microsecond to 4.7 hours: 1 kB however many are added, an error of at most 7 %.
/// </summary>
internal sealed class LatencyHistogram
{
    private const int BucketsPerOctaveShift = 3;
    private const int BucketsPerOctave = 1 << BucketsPerOctaveShift;
    private const int Octaves = 34;

    private readonly uint[] _buckets = new uint[Octaves * BucketsPerOctave];

    public long Count { get; private set; }

    public void Add(TimeSpan latency)
    {
        var microseconds = Math.Max(1, latency.Ticks / TimeSpan.TicksPerMicrosecond);
        ref var bucket = ref _buckets[Math.Min(BucketOf(microseconds), _buckets.Length - 1)];
        if (bucket < uint.MaxValue)
            bucket++;
        Count++;
    }

    public void Add(LatencyHistogram other)
    {
        for (var index = 0; index < _buckets.Length; index++)
            _buckets[index] = (uint)Math.Min(uint.MaxValue, (ulong)_buckets[index] + other._buckets[index]);
        Count += other.Count;
    }

    public LatencySummary Summarize() => new(Count, Percentile(0.50), Percentile(0.95), Percentile(0.99));

    private double Percentile(double share)
    {
        var wanted = (long)Math.Ceiling(Count * share);
        long seen = 0;
        for (var index = 0; index < _buckets.Length; index++)
        {
            seen += _buckets[index];
            if (seen >= wanted && seen > 0)
                return Math.Round(MiddleOf(index) / 1_000, 3);
        }
        return 0;
    }

    private static int BucketOf(long microseconds)
    {
        var octave = BitOperations.Log2((ulong)microseconds);
        var fraction = (microseconds - (1L << octave)) << BucketsPerOctaveShift >> octave;
        return (octave << BucketsPerOctaveShift) + (int)fraction;
    }

    private static double MiddleOf(int bucket)
    {
        var (octave, fraction) = (bucket >> BucketsPerOctaveShift, bucket & (BucketsPerOctave - 1));
        return Math.ScaleB(1, octave) * (1 + ((fraction + 0.5) / BucketsPerOctave));
    }
}
