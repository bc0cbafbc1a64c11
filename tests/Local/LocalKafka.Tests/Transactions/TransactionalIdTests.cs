using EventSourcing.LocalKafka.Protocol;
using EventSourcing.LocalKafka.Transactions;

namespace EventSourcing.LocalKafka.Tests.Transactions;

/// <summary>Who holds a transactional id.</summary>
public sealed class TransactionalIdTests : IAsyncDisposable
{
    private readonly TestCoordinator _test = new();

    private TransactionCoordinator Transactions => _test.Transactions;

    public ValueTask DisposeAsync() => _test.DisposeAsync();

    [Fact]
    public async Task NextHolder_GetsTheNextEpoch_AndTheEarlierIsFenced()
    {
        var first = (await _test.InitAsync()).Producer;
        _test.Write(first);

        var second = (await _test.InitAsync()).Producer;

        Assert.Equal((first.ProducerId, first.Epoch + 2), (second.ProducerId, second.Epoch)); // one for the abort, one for the new holder
        Assert.Equal(_test.Log.EndOffset, _test.Log.LastStableOffset);
        Assert.Equal(ErrorCode.ProducerFenced, Transactions.AddPartitions("id", first, [TestCoordinator.First]));
        Assert.Equal(ErrorCode.ProducerFenced, await Transactions.EndAsync("id", first, commit: true));
        Assert.Equal(ErrorCode.InvalidProducerEpoch, _test.Append(first, sequence: 1).Error);
    }

    [Fact]
    public async Task HolderThatAsksForItsNextEpoch_GetsTheSameAnswerAgain_AndIsFencedWhenAnotherCame()
    {
        var present = (await _test.InitAsync()).Producer;

        var next = await _test.InitAsync(present);
        var again = await _test.InitAsync(present);
        await _test.InitAsync();

        Assert.Equal(present with { Epoch = 1 }, next.Producer);
        Assert.Equal(next, again);
        Assert.Equal(ErrorCode.ProducerFenced, (await _test.InitAsync(next.Producer)).Error);
        Assert.Equal(ErrorCode.ProducerFenced, (await _test.InitAsync(new ProducerIdAndEpoch(4_711, 0))).Error);
    }

    [Fact]
    public async Task FencedProducerThatAsksForItsNextEpoch_DoesNotDisturbTheHolder()
    {
        var fenced = (await _test.InitAsync()).Producer;
        var holder = (await _test.InitAsync()).Producer;
        _test.Write(holder);

        Assert.Equal(ErrorCode.ProducerFenced, (await _test.InitAsync(fenced)).Error);
        Assert.Equal(ErrorCode.None, await Transactions.EndAsync("id", holder, commit: true));
    }

    [Fact]
    public async Task HolderThatAsksForItsNextEpoch_InATransaction_AbortsItAndGoesOn()
    {
        var holder = (await _test.InitAsync()).Producer;
        _test.Write(holder);

        var next = await _test.InitAsync(holder);
        _test.Write(next.Producer);

        Assert.Equal(ErrorCode.None, next.Error);
        Assert.Equal(ErrorCode.None, await Transactions.EndAsync("id", next.Producer, commit: true));
        Assert.Equal(ErrorCode.ProducerFenced, (await _test.InitAsync(holder)).Error);
    }

    [Fact]
    public async Task Epochs_ThatRunOut_StartAgainWithANewProducerId()
    {
        var holder = (await _test.InitAsync()).Producer;
        var id = holder.ProducerId;
        while (!holder.IsExhausted)
            holder = (await _test.InitAsync()).Producer;

        _test.Write(holder);
        var next = (await _test.InitAsync()).Producer;

        Assert.Equal((id, short.MaxValue - 1), (holder.ProducerId, holder.Epoch));
        Assert.NotEqual(id, next.ProducerId);
        Assert.Equal(0, next.Epoch);
        Assert.Equal(ErrorCode.InvalidProducerIdMapping, Transactions.AddPartitions("id", holder, [TestCoordinator.First]));
        Assert.Equal(ErrorCode.InvalidProducerEpoch, _test.Append(holder, sequence: 1).Error);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(900_001)]
    public async Task Timeout_OutOfRange_IsRefused(int timeoutMs) =>
        Assert.Equal(ErrorCode.InvalidTransactionTimeout, (await _test.InitAsync(timeoutMs: timeoutMs)).Error);

    [Fact]
    public async Task TransactionalId_NotUsedForAWeek_IsForgotten()
    {
        var producer = (await _test.InitAsync()).Producer;

        _test.Time.Advance(TimeSpan.FromDays(8));
        await Transactions.CheckAsync();

        Assert.Null(_test.State);
        Assert.Equal(ErrorCode.InvalidProducerIdMapping, Transactions.AddPartitions("id", producer, [TestCoordinator.First]));
        Assert.NotEqual(producer.ProducerId, (await _test.InitAsync()).Producer.ProducerId);
    }
}
