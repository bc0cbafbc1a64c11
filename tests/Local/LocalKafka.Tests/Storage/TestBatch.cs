using System.Buffers.Binary;
using System.Text;
using EventSourcing.LocalKafka.Storage;
using EventSourcing.LocalKafka.Storage.Records;

namespace EventSourcing.LocalKafka.Tests.Storage;

/// <summary>Makes record batches of format v2, as a producer would.</summary>
internal sealed record TestBatch
{
    public int Records { get; init; } = 1;

    /// <summary>Keys and values, null for none; without them, the records have no keys and values of <see cref="ValueBytes"/>.</summary>
    public IReadOnlyList<(string? Key, string? Value)>? Content { get; init; }

    public CompressionType Codec { get; init; }

    public int ValueBytes { get; init; } = 10;

    public long FirstTimestamp { get; init; } = 1_700_000_000_000;

    /// <summary>Time between two records of the batch.</summary>
    public long TimestampStep { get; init; } = 1;

    public long ProducerId { get; init; } = -1;

    public short Epoch { get; init; } = -1;

    public int Sequence { get; init; } = -1;

    public short Attributes { get; init; }

    public static TestBatch Of(params (string? Key, string? Value)[] records) => new() { Records = records.Length, Content = records };

    public static TestBatch Idempotent(int sequence, int records = 1, long producerId = 7, short epoch = 0) =>
        new() { ProducerId = producerId, Epoch = epoch, Sequence = sequence, Records = records };

    public static TestBatch Transactional(int sequence, int records = 1, long producerId = 7, short epoch = 0) =>
        Idempotent(sequence, records, producerId, epoch) with { Attributes = 0x10 };

    public byte[] ToBytes()
    {
        var content = new MemoryStream();
        content.Write(new byte[RecordBatchHeader.Bytes]);
        var records = Codec == CompressionType.None ? content : RecordCodec.Compress(Codec, content);
        for (var i = 0; i < Records; i++)
            WriteRecord(records, i);
        if (records != content)
            records.Dispose();
        var batch = content.ToArray();
        WriteHeader(batch);
        Sign(batch);
        return batch;
    }

    /// <summary>Renews the checksum after a change.</summary>
    public static void Sign(Span<byte> batch) =>
        BinaryPrimitives.WriteUInt32BigEndian(batch[RecordBatchHeader.CrcAt..], Crc32C.Compute(batch[RecordBatchHeader.AttributesAt..]));

    private void WriteHeader(Span<byte> batch)
    {
        BinaryPrimitives.WriteInt32BigEndian(batch[8..], batch.Length - RecordBatchHeader.Overhead);
        batch[16] = RecordBatchHeader.SupportedMagic;
        BinaryPrimitives.WriteInt16BigEndian(batch[21..], (short)(Attributes | (short)Codec));
        BinaryPrimitives.WriteInt32BigEndian(batch[23..], Records - 1);
        BinaryPrimitives.WriteInt64BigEndian(batch[27..], FirstTimestamp);
        BinaryPrimitives.WriteInt64BigEndian(batch[35..], FirstTimestamp + (TimestampStep * (Records - 1)));
        BinaryPrimitives.WriteInt64BigEndian(batch[43..], ProducerId);
        BinaryPrimitives.WriteInt16BigEndian(batch[51..], Epoch);
        BinaryPrimitives.WriteInt32BigEndian(batch[53..], Sequence);
        BinaryPrimitives.WriteInt32BigEndian(batch[57..], Records);
    }

    private void WriteRecord(Stream batch, int index)
    {
        var record = new MemoryStream();
        record.WriteByte(0);
        WriteVarlong(record, TimestampStep * index);
        WriteVarlong(record, index);
        var (key, value) = Content?[index] ?? (null, new string('v', ValueBytes));
        WriteBytes(record, key);
        WriteBytes(record, value);
        WriteVarlong(record, 0);
        WriteVarlong(batch, record.Length);
        record.WriteTo(batch);
    }

    private static void WriteBytes(Stream stream, string? text)
    {
        var bytes = text is null ? null : Encoding.UTF8.GetBytes(text);
        WriteVarlong(stream, bytes?.Length ?? -1);
        stream.Write(bytes);
    }

    private static void WriteVarlong(Stream stream, long value)
    {
        Span<byte> bytes = stackalloc byte[Varint.MaxBytes];
        stream.Write(bytes[..Varint.Write(bytes, value)]);
    }
}
