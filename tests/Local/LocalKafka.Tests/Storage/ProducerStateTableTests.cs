using EventSourcing.LocalKafka.Protocol;
using EventSourcing.LocalKafka.Storage;

namespace EventSourcing.LocalKafka.Tests.Storage;

public sealed class ProducerStateTableTests
{
    private readonly ProducerStateTable _table = new();
    private long _offset = 100;

    [Fact]
    public void Batch_SentAgain_IsADuplicateWithItsOldOffset()
    {
        Store(TestBatch.Idempotent(sequence: 0, records: 3));
        Store(TestBatch.Idempotent(sequence: 3, records: 2));

        Assert.Equal(ErrorCode.None, Check(TestBatch.Idempotent(sequence: 0, records: 3), out var first));
        Assert.Equal(ErrorCode.None, Check(TestBatch.Idempotent(sequence: 3, records: 2), out var second));
        Assert.Equal(100, first?.BaseOffset);
        Assert.Equal(103, second?.BaseOffset);
    }

    [Fact]
    public void Gap_IsOutOfOrder()
    {
        Store(TestBatch.Idempotent(sequence: 0));

        Assert.Equal(ErrorCode.OutOfOrderSequenceNumber, Check(TestBatch.Idempotent(sequence: 2), out _));
    }

    [Fact]
    public void Batch_OlderThanTheLastFive_IsADuplicateWithoutOffset()
    {
        for (var sequence = 0; sequence < 7; sequence++)
            Store(TestBatch.Idempotent(sequence));

        Assert.Equal(ErrorCode.DuplicateSequenceNumber, Check(TestBatch.Idempotent(sequence: 1), out var forgotten));
        Assert.Equal(ErrorCode.None, Check(TestBatch.Idempotent(sequence: 2), out var remembered));
        Assert.Null(forgotten);
        Assert.NotNull(remembered);
    }

    [Fact]
    public void Epoch_LowerIsFenced_HigherStartsAtZero()
    {
        Store(TestBatch.Idempotent(sequence: 0, epoch: 5));

        Assert.Equal(ErrorCode.InvalidProducerEpoch, Check(TestBatch.Idempotent(sequence: 1, epoch: 4), out _));
        Assert.Equal(ErrorCode.OutOfOrderSequenceNumber, Check(TestBatch.Idempotent(sequence: 1, epoch: 6), out _));
        Assert.Equal(ErrorCode.None, Check(TestBatch.Idempotent(sequence: 0, epoch: 6), out _));
    }

    [Fact]
    public void Sequence_AfterTheLargest_IsZeroAgain()
    {
        Store(TestBatch.Idempotent(sequence: int.MaxValue - 1, records: 2));

        Assert.Equal(ErrorCode.None, Check(TestBatch.Idempotent(sequence: 0), out var duplicate));
        Assert.Null(duplicate);
        Store(TestBatch.Idempotent(sequence: 0, records: 2));
        Assert.Equal(ErrorCode.None, Check(TestBatch.Idempotent(sequence: int.MaxValue - 1, records: 2), out var before));
        Assert.Equal(100, before?.BaseOffset);
    }

    [Fact]
    public void Batch_ThatWrapsInTheMiddle_EndsAfterZero()
    {
        Store(TestBatch.Idempotent(sequence: int.MaxValue, records: 3));

        Assert.Equal(ErrorCode.None, Check(TestBatch.Idempotent(sequence: 2), out _));
        Assert.Equal(ErrorCode.OutOfOrderSequenceNumber, Check(TestBatch.Idempotent(sequence: 3), out _));
    }

    [Fact]
    public void UnknownProducer_MayStartAnywhere_AsInKafka() =>
        Assert.Equal(ErrorCode.None, Check(TestBatch.Idempotent(sequence: 12), out _));

    private void Store(TestBatch batch)
    {
        var header = RecordBatchHeader.Read(batch.ToBytes()).At(_offset);
        Assert.Equal(ErrorCode.None, _table.Check(header, out _));
        _table.Add(header, now: 0);
        _offset = header.NextOffset;
    }

    private ErrorCode Check(TestBatch batch, out ProducerBatch? duplicate) => _table.Check(RecordBatchHeader.Read(batch.ToBytes()), out duplicate);
}
