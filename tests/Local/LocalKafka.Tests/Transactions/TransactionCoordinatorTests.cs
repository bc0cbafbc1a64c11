using EventSourcing.LocalKafka.Groups;
using EventSourcing.LocalKafka.Protocol;
using EventSourcing.LocalKafka.Transactions;

namespace EventSourcing.LocalKafka.Tests.Transactions;

public sealed class TransactionCoordinatorTests : IAsyncDisposable
{
    private readonly TestCoordinator _test = new();

    private TransactionCoordinator Transactions => _test.Transactions;

    public ValueTask DisposeAsync() => _test.DisposeAsync();

    [Fact]
    public async Task Batch_OutsideOfItsTransaction_IsRefused()
    {
        var producer = (await _test.InitAsync()).Producer;

        Assert.Equal(ErrorCode.InvalidTxnState, _test.Append(producer).Error);
        _test.Write(producer);
        await Transactions.EndAsync("id", producer, commit: true);
        Assert.Equal(ErrorCode.InvalidTxnState, _test.Append(producer, sequence: 1).Error);
        Assert.Equal(ErrorCode.InvalidTxnState, _test.Append(new ProducerIdAndEpoch(4_711, 0)).Error);
    }

    [Fact]
    public async Task End_AskedAgain_IsAnsweredTheSame_AndTheOppositeIsRefused()
    {
        var producer = (await _test.InitAsync()).Producer;
        Assert.Equal(ErrorCode.InvalidTxnState, await Transactions.EndAsync("id", producer, commit: true));
        _test.Write(producer);

        Assert.Equal(ErrorCode.None, await Transactions.EndAsync("id", producer, commit: true));
        Assert.Equal(ErrorCode.None, await Transactions.EndAsync("id", producer, commit: true));
        Assert.Equal(ErrorCode.InvalidTxnState, await Transactions.EndAsync("id", producer, commit: false));
        Assert.Equal(ErrorCode.InvalidProducerIdMapping, await Transactions.EndAsync("other", producer, commit: true));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Offsets_ArePendingUntilTheEnd(bool commit)
    {
        var producer = (await _test.InitAsync()).Producer;
        var offset = new OffsetEntry("g", TestCoordinator.First, new CommittedOffset(5, 0, ""));

        Assert.Equal(ErrorCode.InvalidTxnState, Transactions.AddOffsets("id", producer, "g", [offset]));
        Assert.Equal(ErrorCode.None, Transactions.AddGroup("id", producer, "g"));
        Assert.Equal(ErrorCode.None, Transactions.AddOffsets("id", producer, "g", [offset]));
        Assert.Equal([TestCoordinator.First], Transactions.PendingPartitions("g"));
        Assert.Null(_test.Offsets.Find("g", TestCoordinator.First));
        await Transactions.EndAsync("id", producer, commit);

        Assert.Empty(Transactions.PendingPartitions("g"));
        Assert.Equal(commit ? offset.Committed : null, _test.Offsets.Find("g", TestCoordinator.First));
    }

    [Fact]
    public async Task Transaction_OverItsTime_IsAbortedWithTheNextEpoch()
    {
        var producer = (await _test.InitAsync(timeoutMs: 10_000)).Producer;
        _test.Write(producer);

        _test.Time.Advance(TimeSpan.FromSeconds(10));
        await Transactions.CheckAsync();
        var inTime = _test.State;
        _test.Time.Advance(TimeSpan.FromMilliseconds(1));
        await Transactions.CheckAsync();

        Assert.Equal((TransactionState.Ongoing, TransactionState.CompleteAbort), (inTime, _test.State));
        Assert.Equal(_test.Log.EndOffset, _test.Log.LastStableOffset);
        Assert.Equal(ErrorCode.ProducerFenced, await Transactions.EndAsync("id", producer, commit: true));
        Assert.Equal(ErrorCode.InvalidProducerEpoch, _test.Append(producer, sequence: 1).Error);
    }

    [Fact]
    public async Task Topic_DeletedInATransaction_DoesNotHoldUpItsEnd()
    {
        var producer = (await _test.InitAsync()).Producer;
        _test.Write(producer);
        _test.Topics.Delete("t");

        Assert.Equal(ErrorCode.None, await Transactions.EndAsync("id", producer, commit: true));
        Assert.Equal(TransactionState.CompleteCommit, _test.State);
    }
}
