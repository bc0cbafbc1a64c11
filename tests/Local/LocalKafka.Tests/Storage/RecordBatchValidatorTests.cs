using System.Buffers.Binary;
using EventSourcing.LocalKafka.Protocol;
using EventSourcing.LocalKafka.Storage;

namespace EventSourcing.LocalKafka.Tests.Storage;

public sealed class RecordBatchValidatorTests
{
    private const short ProduceVersion = 9;

    [Fact]
    public void Batch_AsProducersSendIt_IsAccepted() => Assert.Equal(ErrorCode.None, Validate(new TestBatch { Records = 3 }.ToBytes()));

    [Fact]
    public void Batch_WithAnyByteAfterTheChecksumChanged_IsCorrupt()
    {
        var batch = new TestBatch().ToBytes();

        for (var i = RecordBatchHeader.AttributesAt; i < batch.Length; i++)
        {
            batch[i] ^= 0x10;
            Assert.Equal(ErrorCode.CorruptMessage, Validate(batch));
            batch[i] ^= 0x10;
        }
    }

    [Fact]
    public void Batch_CutAnywhere_IsRefused()
    {
        var batch = new TestBatch().ToBytes();

        for (var length = 0; length < batch.Length; length++)
            Assert.NotEqual(ErrorCode.None, Validate(batch[..length]));
    }

    [Fact]
    public void TwoBatches_ForOnePartition_AreInvalid()
    {
        var batch = new TestBatch().ToBytes();

        Assert.Equal(ErrorCode.InvalidRecord, Validate([.. batch, .. batch]));
    }

    [Fact]
    public void Batch_LargerThanTheTopicTakes_IsTooLarge() =>
        Assert.Equal(ErrorCode.MessageTooLarge, Validate(new TestBatch { ValueBytes = 2_000 }.ToBytes(), maxBytes: 1_000));

    [Fact]
    public void RecordCount_ThatDoesNotFitTheOffsets_IsInvalid()
    {
        var batch = new TestBatch { Records = 3 }.ToBytes();
        BinaryPrimitives.WriteInt32BigEndian(batch.AsSpan(57), 4);
        TestBatch.Sign(batch);

        Assert.Equal(ErrorCode.InvalidRecord, Validate(batch));
    }

    [Fact]
    public void Zstd_BeforeProduceVersion7_IsUnsupported()
    {
        var batch = new TestBatch { Attributes = (short)CompressionType.Zstd }.ToBytes();

        Assert.Equal(ErrorCode.UnsupportedCompressionType, Validate(batch, produceVersion: 6));
        Assert.Equal(ErrorCode.None, Validate(batch, produceVersion: 7));
    }

    [Fact]
    public void ControlBatch_FromAProducer_AndTransactionalBatch_WithoutProducer_AreRefused()
    {
        Assert.Equal(ErrorCode.InvalidRecord, Validate(new TestBatch { Attributes = 0x20 }.ToBytes()));
        Assert.Equal(ErrorCode.InvalidRecord, Validate(new TestBatch { Attributes = 0x10 }.ToBytes()));
        Assert.Equal(ErrorCode.None, Validate(TestBatch.Transactional(sequence: 0).ToBytes()));
    }

    private static ErrorCode Validate(byte[] batch, int maxBytes = 1_000_000, short produceVersion = ProduceVersion)
    {
        var error = RecordBatchValidator.Validate(batch, produceVersion, maxBytes, out _, out var reason);
        Assert.Equal(error == ErrorCode.None, reason is null);
        return error;
    }
}
