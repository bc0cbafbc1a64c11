namespace EventSourcing.LocalKafka.Transactions;

/// <summary>Lets the coordinator look in intervals for transactions that are over their time.</summary>
internal sealed class TransactionTimeoutWorker : IAsyncDisposable
{
    private readonly TransactionCoordinator _transactions;
    private readonly CancellationTokenSource _stopping = new();
    private readonly Task _running;

    public TransactionTimeoutWorker(TransactionCoordinator transactions, TimeSpan interval, TimeProvider time)
    {
        _transactions = transactions;
        _running = RunAsync(interval, time, _stopping.Token);
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stopping.Dispose();
    }

    private async Task RunAsync(TimeSpan interval, TimeProvider time, CancellationToken stop)
    {
        await Task.Yield();
        using var timer = new PeriodicTimer(interval, time);
        while (await timer.WaitForNextTickAsync(stop))
            await _transactions.CheckAsync();
    }
}
