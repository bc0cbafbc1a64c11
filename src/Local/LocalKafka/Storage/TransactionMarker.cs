using System.Buffers.Binary;
using EventSourcing.LocalKafka.Storage.Records;

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
    private const int KeyBytes = 4;
    private const int ValueBytes = 6;
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
    /// <exception cref="InvalidDataException">The batch contradicts itself.</exception>
    public static TransactionMarker? Read(ArraySegment<byte> batch)
    {
        var header = RecordBatchHeader.Read(batch);
        using var reader = new RecordReader(batch);
        if (!header.IsControl || !reader.MoveNext() || reader.Key.Length < KeyBytes || reader.Value.Length < ValueBytes)
            return null;
        var type = BinaryPrimitives.ReadInt16BigEndian(reader.Key[2..]);
        return type is 0 or CommitType
            ? new TransactionMarker(header.ProducerId, header.ProducerEpoch, type == CommitType, BinaryPrimitives.ReadInt32BigEndian(reader.Value[2..]))
            : null;
    }

    /// <summary>Length, attributes, timestamp delta 0, offset delta 0, key of 4 bytes, value of 6 bytes, no headers.</summary>
    private void WriteRecord(Span<byte> record)
    {
        record[0] = Zigzag(RecordBytes - 1);
        record[4] = Zigzag(KeyBytes);
        BinaryPrimitives.WriteInt16BigEndian(record[7..], IsCommit ? CommitType : (short)0);
        record[9] = Zigzag(ValueBytes);
        BinaryPrimitives.WriteInt32BigEndian(record[12..], CoordinatorEpoch);
    }

    private static byte Zigzag(int small) => (byte)(small << 1);
}
