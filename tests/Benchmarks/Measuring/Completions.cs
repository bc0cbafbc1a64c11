using System.Diagnostics;

namespace EventSourcing.Benchmarks.Measuring;

/// <summary>Counts what is under way, holds the sender back at a window, and keeps each event's time from sending to stored.</summary>
internal sealed class Completions(int count, int window)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly long[] _started = new long[count];
    private readonly long[] _elapsed = new long[count];
    private readonly object _monitor = new();
    private int _sent;
    private int _completed;
    private int _failed;
    private int _target;
    private Exception? _failure;

    /// <summary>Notes the start of the next event; waits while the window is full.</summary>
    /// <returns>The event's number.</returns>
    public int Start()
    {
        if (_sent - Volatile.Read(ref _completed) >= window)
        {
            WaitFor(_sent - (window / 2));
        }

        _started[_sent] = Stopwatch.GetTimestamp();
        return _sent++;
    }

    public void Complete(int index, bool stored)
    {
        _elapsed[index] = Stopwatch.GetTimestamp() - _started[index];
        if (!stored)
        {
            Interlocked.Increment(ref _failed);
        }

        if (Interlocked.Increment(ref _completed) == Volatile.Read(ref _target))
        {
            Wake();
        }
    }

    public void Fail(Exception exception)
    {
        Volatile.Write(ref _failure, exception);
        Wake();
    }

    /// <summary>Waits until every event that was started is complete.</summary>
    /// <exception cref="InvalidOperationException">Some event was not stored.</exception>
    public void WaitForAll()
    {
        WaitFor(_sent);
        if (_failed > 0)
        {
            throw new InvalidOperationException($"{_failed} of {_sent} events were not stored; the measurement counts for nothing.");
        }
    }

    /// <summary>The time below which the given share of events was stored.</summary>
    public TimeSpan Percentile(double share)
    {
        var sorted = _elapsed.AsSpan(0, _sent).ToArray();
        Array.Sort(sorted);
        return Stopwatch.GetElapsedTime(0, sorted[Math.Min((int)(share * sorted.Length), sorted.Length - 1)]);
    }

    private void Wake()
    {
        lock (_monitor)
        {
            Monitor.PulseAll(_monitor);
        }
    }

    // The target is set first and the count read afterwards, so whoever reaches the target either is seen here or wakes this thread.
    private void WaitFor(int completed)
    {
        lock (_monitor)
        {
            Interlocked.Exchange(ref _target, completed);
            while (Volatile.Read(ref _completed) < completed)
            {
                if (!Monitor.Wait(_monitor, Patience))
                {
                    throw new TimeoutException($"{completed - _completed} events got no answer within {Patience.TotalSeconds} s.");
                }

                if (Volatile.Read(ref _failure) is { } failure)
                {
                    throw new InvalidOperationException("A batch failed; the measurement counts for nothing.", failure);
                }
            }
        }
    }
}
