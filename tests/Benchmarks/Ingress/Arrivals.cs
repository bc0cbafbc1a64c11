using System.Diagnostics;

namespace EventSourcing.Benchmarks.Ingress;

/// <summary>When each event was handed over and when it was read from the topic; an event that never comes, or comes twice, ends the measurement.</summary>
internal sealed class Arrivals(int capacity)
{
    private const int MostNamed = 10;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(20);

    private readonly long[] _handedOver = new long[capacity];
    private readonly long[] _arrived = new long[capacity];
    private int _count;
    private int _others;
    private long _bytes;
    private volatile Exception? _failure;

    /// <summary>These events are handed over now.</summary>
    public void HandOver(int first, int count) => _handedOver.AsSpan(first, count).Fill(Stopwatch.GetTimestamp());

    /// <summary>Mean size of the record's value: the event's data.</summary>
    public double MeanBytes => (double)Volatile.Read(ref _bytes) / Math.Max(Volatile.Read(ref _count), 1);

    /// <summary>The event was read from the topic.</summary>
    public void Arrive(int number, int bytes)
    {
        if (number >= capacity || Volatile.Read(ref _handedOver[number]) == 0)
        {
            Fail(new InvalidOperationException($"Event {number} is on the topic, and nobody sent it."));
        }
        else if (_arrived[number] != 0)
        {
            Fail(new InvalidOperationException($"Event {number} is on the topic twice."));
        }
        else
        {
            _arrived[number] = Stopwatch.GetTimestamp();
            Volatile.Write(ref _bytes, _bytes + bytes);
            Volatile.Write(ref _count, _count + 1);
        }
    }

    /// <summary>A record was read that is none of the events.</summary>
    public void Other() => Volatile.Write(ref _others, _others + 1);

    public void Fail(Exception failure) => _failure ??= failure;

    /// <summary>Waits until the first <paramref name="count"/> events have arrived.</summary>
    /// <exception cref="InvalidOperationException">They have not, and none came for a while; the message names the first that are missing.</exception>
    public async Task WaitForAsync(int count, CancellationToken stop)
    {
        using var timer = new PeriodicTimer(Interval);
        var (seen, since) = (-1, 0L);
        while (Volatile.Read(ref _count) is var arrived && arrived < count)
        {
            (seen, since) = arrived > seen ? (arrived, Stopwatch.GetTimestamp()) : (seen, since);
            if (_failure is null && Stopwatch.GetElapsedTime(since) > Patience)
            {
                throw new InvalidOperationException(
                    $"{arrived:N0} of {count:N0} events arrived, then none for {Patience.TotalSeconds:0} s. Missing: {Missing(count)}. Other records: {Volatile.Read(ref _others):N0}.");
            }

            ThrowIfFailed();
            await timer.WaitForNextTickAsync(stop);
        }

        ThrowIfFailed();
    }

    /// <summary>From the hand-over of the first of these events to the arrival of the last.</summary>
    public TimeSpan Duration(int first, int count) =>
        Stopwatch.GetElapsedTime(_handedOver[first..(first + count)].Min(), _arrived[first..(first + count)].Max());

    /// <summary>From hand-over to arrival, milliseconds, ascending.</summary>
    public double[] Latencies(int first, int count, Func<int, bool> isWanted) =>
    [
        .. Enumerable.Range(first, count).Where(isWanted)
            .Select(number => Stopwatch.GetElapsedTime(_handedOver[number], _arrived[number]).TotalMilliseconds).Order(),
    ];

    private void ThrowIfFailed()
    {
        if (_failure is { } failure)
        {
            throw new InvalidOperationException(failure.Message, failure);
        }
    }

    private string Missing(int count)
    {
        var missing = Enumerable.Range(0, count).Where(number => Volatile.Read(ref _arrived[number]) == 0).Take(MostNamed + 1).ToArray();
        return string.Join(", ", missing.Take(MostNamed)) + (missing.Length > MostNamed ? "..." : "");
    }
}
