using System.Diagnostics;

namespace EventSourcing.TestKit;

/// <summary>Polls until something holds; fails at a deadline with what was seen last.</summary>
public static class Eventually
{
    /// <summary>Long enough for a busy two-core machine; a test that passes never waits this long.</summary>
    public static readonly TimeSpan DefaultTimeout = TimeSpan.FromSeconds(60);

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(20);

    /// <summary>Waits until <paramref name="condition"/> is true.</summary>
    /// <exception cref="TimeoutException">It was not true within the timeout; <paramref name="what"/> names it.</exception>
    public static Task TrueAsync(Func<bool> condition, string what, TimeSpan? timeout = null, CancellationToken stop = default) =>
        ValueAsync(_ => Task.FromResult(condition()), holds => holds, what, timeout, stop);

    /// <inheritdoc cref="TrueAsync(Func{bool}, string, TimeSpan?, CancellationToken)"/>
    public static Task TrueAsync(Func<CancellationToken, Task<bool>> condition, string what, TimeSpan? timeout = null, CancellationToken stop = default) =>
        ValueAsync(condition, holds => holds, what, timeout, stop);

    /// <summary>Reads a value until it is as expected, and returns it.</summary>
    /// <exception cref="TimeoutException">It was never as expected; the message shows the last value.</exception>
    public static async Task<T> ValueAsync<T>(
        Func<CancellationToken, Task<T>> read, Func<T, bool> isExpected, string what, TimeSpan? timeout = null, CancellationToken stop = default)
    {
        var limit = timeout ?? DefaultTimeout;
        var clock = Stopwatch.StartNew();
        while (true)
        {
            var value = await read(stop);
            if (isExpected(value))
            {
                return value;
            }

            if (clock.Elapsed > limit)
            {
                throw new TimeoutException($"Not within {limit.TotalSeconds:0.#} s: {what}. Last seen: {value}.");
            }

            await Task.Delay(Interval, stop);
        }
    }

    /// <summary>Repeats an action until it no longer throws <typeparamref name="TException"/>.</summary>
    /// <exception cref="TimeoutException">It still threw at the deadline; the last exception is the inner one.</exception>
    public static async Task SucceedsAsync<TException>(
        Func<CancellationToken, Task> action, string what, TimeSpan? timeout = null, CancellationToken stop = default)
        where TException : Exception
    {
        var limit = timeout ?? DefaultTimeout;
        var clock = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                await action(stop);
                return;
            }
            catch (TException exception) when (clock.Elapsed > limit)
            {
                throw new TimeoutException($"Not within {limit.TotalSeconds:0.#} s: {what}.", exception);
            }
            catch (TException)
            {
                await Task.Delay(Interval, stop);
            }
        }
    }
}
