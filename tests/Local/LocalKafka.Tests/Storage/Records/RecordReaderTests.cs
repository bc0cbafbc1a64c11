using System.Buffers.Binary;
using System.Text;
using EventSourcing.LocalKafka.Protocol;
using EventSourcing.LocalKafka.Storage;
using EventSourcing.LocalKafka.Storage.Records;
using Snappier;

namespace EventSourcing.LocalKafka.Tests.Storage.Records;

public sealed class RecordReaderTests
{
    private static readonly TopicPartition Partition = new("t", 0);

    public static TheoryData<int> Codecs { get; } = [.. Enumerable.Range(0, 5)];

    public static TheoryData<int> CompressingCodecs { get; } = [.. Enumerable.Range(1, 4)];

    [Theory]
    [MemberData(nameof(Codecs))]
    public void Records_OfEveryCodecAndSize_AreReadBack(int codec)
    {
        (string? Key, string? Value)[] records = [.. Enumerable.Range(0, 200).Select(i => (i % 3 == 0 ? null : $"key {i}", i % 5 == 0 ? null : new string((char)('a' + (i % 26)), i * i)))];
        var batch = (TestBatch.Of(records) with { Codec = (CompressionType)codec }).ToBytes();

        using var reader = new RecordReader(batch);
        var read = new List<(string?, string?)>();
        while (reader.MoveNext())
        {
            Assert.Equal(read.Count, reader.Offset);
            read.Add((reader.HasKey ? Encoding.UTF8.GetString(reader.Key) : null, reader.HasValue ? Encoding.UTF8.GetString(reader.Value) : null));
        }

        Assert.Equal(records, read);
    }

    [Fact]
    public void Snappy_WithoutFraming_IsReadToo()
    {
        var plain = TestBatch.Of(("k", "v"), ("k2", "v2")).ToBytes();
        byte[] batch = [.. plain[..RecordBatchHeader.Bytes], .. Snappy.CompressToArray(plain.AsSpan(RecordBatchHeader.Bytes))];
        batch[RecordBatchHeader.AttributesAt + 1] = (byte)CompressionType.Snappy;

        using var reader = new RecordReader(batch);

        Assert.True(reader.MoveNext() && reader.MoveNext());
        Assert.Equal("v2", Encoding.UTF8.GetString(reader.Value));
        Assert.False(reader.MoveNext());
    }

    [Theory]
    [MemberData(nameof(Codecs))]
    public void Garbage_OfAnyKind_IsInvalidData_AndNothingElse(int codec)
    {
        var whole = (TestBatch.Of([.. Enumerable.Range(0, 30).Select(i => ($"key {i}", (string?)$"value {i}"))]) with { Codec = (CompressionType)codec }).ToBytes();
        var random = new Random(codec);

        for (var round = 0; round < 3_000; round++)
        {
            var batch = whole[..random.Next(RecordBatchHeader.Bytes, whole.Length + 1)];
            for (var flips = random.Next(4); flips >= 0 && batch.Length > RecordBatchHeader.Bytes; flips--)
                batch[random.Next(RecordBatchHeader.Bytes, batch.Length)] = (byte)random.Next(256);
            ReadAll(batch);
        }
    }

    [Theory]
    [MemberData(nameof(CompressingCodecs))]
    public void Bomb_IsRefused_InLittleMemory(int codec)
    {
        var batch = Bomb((CompressionType)codec);
        var before = GC.GetAllocatedBytesForCurrentThread();

        var refused = CompactedTopicValidator.Validate(batch, Partition);

        Assert.Equal(ErrorCode.InvalidRecord, refused?.Error);
        Assert.Contains("limit", refused?.Reason, StringComparison.Ordinal);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 8 << 20);
    }

    [Fact]
    public void RecordsWithoutKey_AreNamed()
    {
        var refused = CompactedTopicValidator.Validate(TestBatch.Of(("a", "1"), (null, "2"), ("", "3"), (null, null)).ToBytes(), Partition);

        Assert.Equal(ErrorCode.InvalidRecord, refused?.Error);
        Assert.Equal([1, 3], refused?.RecordErrors.Select(error => error.BatchIndex));
        Assert.Null(CompactedTopicValidator.Validate(TestBatch.Of(("a", "1"), ("b", null)).ToBytes(), Partition));
    }

    [Fact]
    public void RecordOffsets_ThatDoNotCount_AreRefused()
    {
        var batch = TestBatch.Of(("a", "1"), ("b", "2")).ToBytes();
        batch[RecordBatchHeader.Bytes + 3] = 2; // the offset delta of the first record: 1

        Assert.Contains("offset", CompactedTopicValidator.Validate(batch, Partition)?.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void RecordCount_ThatDoesNotFit_IsRefused()
    {
        foreach (var count in new[] { 1, 3 })
        {
            var batch = TestBatch.Of(("a", "1"), ("b", "2")).ToBytes();
            BinaryPrimitives.WriteInt32BigEndian(batch.AsSpan(57), count);

            Assert.Equal(ErrorCode.InvalidRecord, CompactedTopicValidator.Validate(batch, Partition)?.Error);
        }
    }

    private static void ReadAll(byte[] batch)
    {
        try
        {
            using var reader = new RecordReader(batch);
            while (reader.MoveNext())
                Assert.True(reader.Key.Length + reader.Value.Length <= batch.Length * 1_000);
        }
        catch (InvalidDataException)
        {
            // What a reader may say of garbage.
        }
    }

    /// <summary>A batch of records of a mebibyte, all alike: little when compressed, and more than the limit when not.</summary>
    private static byte[] Bomb(CompressionType codec)
    {
        const int Records = 140;
        using var content = new MemoryStream();
        content.Write(TestBatch.Of(("k", "v")).ToBytes().AsSpan(0, RecordBatchHeader.Bytes));
        using (var compressed = RecordCodec.Compress(codec, content))
        {
            for (var i = 0; i < Records; i++)
                compressed.Write(LargeRecord(i));
        }

        var batch = content.ToArray();
        BinaryPrimitives.WriteInt16BigEndian(batch.AsSpan(RecordBatchHeader.AttributesAt), (short)codec);
        BinaryPrimitives.WriteInt32BigEndian(batch.AsSpan(23), Records - 1);
        BinaryPrimitives.WriteInt32BigEndian(batch.AsSpan(57), Records);
        return batch;
    }

    /// <summary>Length, attributes 0, timestamp delta 0, offset delta, key "k", value, no headers.</summary>
    private static byte[] LargeRecord(int offsetDelta)
    {
        const int ValueBytes = 1 << 20;
        byte[] record = [0, 0, .. Number(offsetDelta), .. Number(1), (byte)'k', .. Number(ValueBytes), .. new byte[ValueBytes], 0];
        return [.. Number(record.Length), .. record];
    }

    private static byte[] Number(long value)
    {
        Span<byte> bytes = stackalloc byte[Varint.MaxBytes];
        return bytes[..Varint.Write(bytes, value)].ToArray();
    }
}
