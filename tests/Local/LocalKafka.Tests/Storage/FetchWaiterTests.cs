using EventSourcing.LocalKafka.Storage;

namespace EventSourcing.LocalKafka.Tests.Storage;

public sealed class FetchWaiterTests
{
    [Fact]
    public async Task CommittedReader_WaitsForStableBytes_AndAnUncommittedForAny()
    {
        var log = new FetchWaiters();
        var committed = Start(log, IsolationLevel.ReadCommitted);
        var uncommitted = Start(log, IsolationLevel.ReadUncommitted);

        log.OnAppended(1_000, StableBytes.None);
        await uncommitted;
        var waits = !committed.IsCompleted;
        log.OnAppended(78, StableBytes.Released);
        await committed;

        Assert.True(waits);
    }

    [Fact]
    public async Task Reader_OfAnyKind_WaitsForItsMinimumOfBytes()
    {
        var log = new FetchWaiters();
        var committed = Start(log, IsolationLevel.ReadCommitted);

        log.OnAppended(99, StableBytes.AsAppended);
        var waits = !committed.IsCompleted;
        log.OnAppended(1, StableBytes.AsAppended);
        await committed;

        Assert.True(waits);
    }

    private static Task Start(FetchWaiters log, IsolationLevel isolation)
    {
        var waiter = new FetchWaiter(missingBytes: 100, isolation);
        log.Add(waiter);
        return waiter.WaitAsync(TimeSpan.FromMinutes(1), TimeProvider.System, TestContext.Current.CancellationToken);
    }
}
