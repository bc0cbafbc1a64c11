using System.Buffers.Binary;
using System.Text;
using EventSourcing.LocalKafka.Storage;

namespace EventSourcing.LocalKafka.Tests.Storage;

/// <summary>Makes record batches of format v2, as a producer would.</summary>
internal sealed record TestBatch
{
    public int Records { get; init; } = 1;

    public int ValueBytes { get; init; } = 10;

    public long FirstTimestamp { get; init; } = 1_700_000_000_000;

    /// <summary>Time between two records of the batch.</summary>
    public long TimestampStep { get; init; } = 1;

    public long ProducerId { get; init; } = -1;

    public short Epoch { get; init; } = -1;

    public int Sequence { get; init; } = -1;

    public short Attributes { get; init; }

    public static TestBatch Idempotent(int sequence, int records = 1, long producerId = 7, short epoch = 0) =>
        new() { ProducerId = producerId, Epoch = epoch, Sequence = sequence, Records = records };

    public static TestBatch Transactional(int sequence, int records = 1, long producerId = 7, short epoch = 0) =>
        Idempotent(sequence, records, producerId, epoch) with { Attributes = 0x10 };

    public byte[] ToBytes()
    {
        var content = new MemoryStream();
        content.Write(new byte[RecordBatchHeader.Bytes]);
        for (var i = 0; i < Records; i++)
            WriteRecord(content, i);
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
        BinaryPrimitives.WriteInt16BigEndian(batch[21..], Attributes);
        BinaryPrimitives.WriteInt32BigEndian(batch[23..], Records - 1);
        BinaryPrimitives.WriteInt64BigEndian(batch[27..], FirstTimestamp);
        BinaryPrimitives.WriteInt64BigEndian(batch[35..], FirstTimestamp + (TimestampStep * (Records - 1)));
        BinaryPrimitives.WriteInt64BigEndian(batch[43..], ProducerId);
        BinaryPrimitives.WriteInt16BigEndian(batch[51..], Epoch);
        BinaryPrimitives.WriteInt32BigEndian(batch[53..], Sequence);
        BinaryPrimitives.WriteInt32BigEndian(batch[57..], Records);
    }

    private void WriteRecord(MemoryStream batch, int index)
    {
        var record = new MemoryStream();
        record.WriteByte(0);
        WriteVarlong(record, TimestampStep * index);
        WriteVarlong(record, index);
        WriteVarlong(record, -1);
        WriteVarlong(record, ValueBytes);
        record.Write(Encoding.ASCII.GetBytes(new string('v', ValueBytes)));
        WriteVarlong(record, 0);
        WriteVarlong(batch, record.Length);
        record.WriteTo(batch);
    }

    private static void WriteVarlong(MemoryStream stream, long value)
    {
        var raw = (ulong)((value << 1) ^ (value >> 63));
        for (; raw >= 0x80; raw >>= 7)
            stream.WriteByte((byte)(raw | 0x80));
        stream.WriteByte((byte)raw);
    }
}
