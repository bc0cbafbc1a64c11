using System.Buffers.Binary;

namespace EventSourcing.LocalKafka.Storage;

/// <summary>
/// The control batch that ends a transaction in a partition: one record whose key is version 0 and type 0 (abort) or 1 (commit), and whose value is
/// version 0 and the coordinator's epoch (Kafka documentation, "Control Batches").
/// </summary>
internal readonly record struct TransactionMarker(long ProducerId, short ProducerEpoch, bool IsCommit, int CoordinatorEpoch)
{
    /// <summary>Size of the batch: its header and a record of 17 bytes.</summary>
    public const int Bytes = RecordBatchHeader.Bytes + RecordBytes;

    private const int RecordBytes = 17;
    private const short CommitType = 1;
    private const short Attributes = 0x30; // transactional, control
    private const int NoSequence = -1;

    /// <summary>Writes the batch for the log to give it an offset.</summary>
    public void Write(Span<byte> batch, long timestamp)
    {
        batch.Clear();
        BinaryPrimitives.WriteInt32BigEndian(batch[8..], Bytes - RecordBatchHeader.Overhead);
        batch[16] = RecordBatchHeader.SupportedMagic;
        BinaryPrimitives.WriteInt16BigEndian(batch[RecordBatchHeader.AttributesAt..], Attributes);
        BinaryPrimitives.WriteInt64BigEndian(batch[27..], timestamp);
        BinaryPrimitives.WriteInt64BigEndian(batch[RecordBatchHeader.MaxTimestampAt..], timestamp);
        BinaryPrimitives.WriteInt64BigEndian(batch[43..], ProducerId);
        BinaryPrimitives.WriteInt16BigEndian(batch[51..], ProducerEpoch);
        BinaryPrimitives.WriteInt32BigEndian(batch[53..], NoSequence);
        BinaryPrimitives.WriteInt32BigEndian(batch[57..], 1);
        WriteRecord(batch[RecordBatchHeader.Bytes..]);
        BinaryPrimitives.WriteUInt32BigEndian(batch[RecordBatchHeader.CrcAt..], Crc32C.Compute(batch[RecordBatchHeader.AttributesAt..]));
    }

    /// <summary>Reads the marker in a control batch; null for a control batch of another kind.</summary>
    public static TransactionMarker? Read(ReadOnlySpan<byte> batch)
    {
        var header = RecordBatchHeader.Read(batch);
        var record = batch[RecordBatchHeader.Bytes..];
        if (!header.IsControl || record.Length < RecordBytes || record[4] != Zigzag(4) || record[9] != Zigzag(6))
            return null;
        var type = BinaryPrimitives.ReadInt16BigEndian(record[7..]);
        return type is 0 or CommitType
            ? new TransactionMarker(header.ProducerId, header.ProducerEpoch, type == CommitType, BinaryPrimitives.ReadInt32BigEndian(record[12..]))
            : null;
    }

    /// <summary>Length, attributes, timestamp delta 0, offset delta 0, key of 4 bytes, value of 6 bytes, no headers.</summary>
    private void WriteRecord(Span<byte> record)
    {
        record[0] = Zigzag(RecordBytes - 1);
        record[4] = Zigzag(4);
        BinaryPrimitives.WriteInt16BigEndian(record[7..], IsCommit ? CommitType : (short)0);
        record[9] = Zigzag(6);
        BinaryPrimitives.WriteInt32BigEndian(record[12..], CoordinatorEpoch);
    }

    private static byte Zigzag(int small) => (byte)(small << 1);
}
