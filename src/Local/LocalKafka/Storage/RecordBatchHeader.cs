using System.Buffers.Binary;

namespace EventSourcing.LocalKafka.Storage;

/// <summary>The fixed part of a record batch of format v2 (Kafka documentation, "Record Batch").</summary>
internal readonly record struct RecordBatchHeader
{
    public const int Bytes = 61;
    public const byte SupportedMagic = 2;
    public const int LeaderEpochAt = 12;
    public const int CrcAt = 17;
    public const int AttributesAt = 21;
    public const int MaxTimestampAt = 35;

    /// <summary>Base offset and batch length, which the batch length does not count.</summary>
    public const int Overhead = 12;

    private const long NoTimestamp = -1;

    private const int CompressionMask = 0x07;
    private const int LogAppendTimeFlag = 0x08;
    private const int TransactionalFlag = 0x10;
    private const int ControlFlag = 0x20;
    private const int DeleteHorizonFlag = 0x40;

    public long BaseOffset { get; private init; }

    public int BatchLength { get; private init; }

    public byte Magic { get; private init; }

    public uint Crc { get; private init; }

    public short Attributes { get; private init; }

    public int LastOffsetDelta { get; private init; }

    public long BaseTimestamp { get; private init; }

    public long MaxTimestamp { get; private init; }

    public long ProducerId { get; private init; }

    public short ProducerEpoch { get; private init; }

    public int BaseSequence { get; private init; }

    public int RecordCount { get; private init; }

    /// <summary>Size of the whole batch in bytes, header included.</summary>
    public long SizeInBytes => Overhead + (long)BatchLength;

    public long LastOffset => BaseOffset + LastOffsetDelta;

    public long NextOffset => LastOffset + 1;

    public CompressionType Compression => (CompressionType)(Attributes & CompressionMask);

    public bool IsLogAppendTime => (Attributes & LogAppendTimeFlag) != 0;

    public bool IsTransactional => (Attributes & TransactionalFlag) != 0;

    public bool IsControl => (Attributes & ControlFlag) != 0;

    /// <summary>
    /// When the batch's tombstones, or its transaction marker, may be removed, in milliseconds since 1970. Compaction sets it, in the place of the base timestamp;
    /// null before.
    /// </summary>
    public long? DeleteHorizon => (Attributes & DeleteHorizonFlag) != 0 ? BaseTimestamp : null;

    public bool HasProducerId => ProducerId >= 0;

    /// <summary>Sequence of the last record; sequences wrap from 2^31-1 to 0.</summary>
    public int LastSequence => SequenceNumber.Add(BaseSequence, LastOffsetDelta);

    public static RecordBatchHeader Read(ReadOnlySpan<byte> batch) => new()
    {
        BaseOffset = BinaryPrimitives.ReadInt64BigEndian(batch),
        BatchLength = BinaryPrimitives.ReadInt32BigEndian(batch[8..]),
        Magic = batch[16],
        Crc = BinaryPrimitives.ReadUInt32BigEndian(batch[CrcAt..]),
        Attributes = BinaryPrimitives.ReadInt16BigEndian(batch[AttributesAt..]),
        LastOffsetDelta = BinaryPrimitives.ReadInt32BigEndian(batch[23..]),
        BaseTimestamp = BinaryPrimitives.ReadInt64BigEndian(batch[27..]),
        MaxTimestamp = BinaryPrimitives.ReadInt64BigEndian(batch[MaxTimestampAt..]),
        ProducerId = BinaryPrimitives.ReadInt64BigEndian(batch[43..]),
        ProducerEpoch = BinaryPrimitives.ReadInt16BigEndian(batch[51..]),
        BaseSequence = BinaryPrimitives.ReadInt32BigEndian(batch[53..]),
        RecordCount = BinaryPrimitives.ReadInt32BigEndian(batch[57..]),
    };

    /// <summary>The header of the same batch with other records and, where one is set, a delete horizon in the place of its base timestamp.</summary>
    public RecordBatchHeader With(int recordCount, long maxTimestamp, long? deleteHorizon) => this with
    {
        RecordCount = recordCount,
        MaxTimestamp = maxTimestamp,
        BaseTimestamp = deleteHorizon ?? BaseTimestamp,
        Attributes = (short)(deleteHorizon is null ? Attributes : Attributes | DeleteHorizonFlag),
    };

    /// <summary>The header of the same batch without any record, as compaction leaves it to keep what it says of its producer.</summary>
    public RecordBatchHeader WithoutRecords() => this with
    {
        RecordCount = 0,
        BaseTimestamp = NoTimestamp,
        Attributes = (short)(Attributes & (LogAppendTimeFlag | TransactionalFlag | ControlFlag)),
    };

    /// <summary>Writes a whole batch's header over its first bytes, with length and checksum of what follows.</summary>
    public void Write(Span<byte> batch)
    {
        Assign(batch, BaseOffset, PartitionLog.LeaderEpoch);
        BinaryPrimitives.WriteInt32BigEndian(batch[8..], batch.Length - Overhead);
        batch[16] = SupportedMagic;
        BinaryPrimitives.WriteInt16BigEndian(batch[AttributesAt..], Attributes);
        BinaryPrimitives.WriteInt32BigEndian(batch[23..], LastOffsetDelta);
        BinaryPrimitives.WriteInt64BigEndian(batch[27..], BaseTimestamp);
        BinaryPrimitives.WriteInt64BigEndian(batch[MaxTimestampAt..], MaxTimestamp);
        BinaryPrimitives.WriteInt64BigEndian(batch[43..], ProducerId);
        BinaryPrimitives.WriteInt16BigEndian(batch[51..], ProducerEpoch);
        BinaryPrimitives.WriteInt32BigEndian(batch[53..], BaseSequence);
        BinaryPrimitives.WriteInt32BigEndian(batch[57..], RecordCount);
        BinaryPrimitives.WriteUInt32BigEndian(batch[CrcAt..], Crc32C.Compute(batch[AttributesAt..]));
    }

    public RecordBatchHeader At(long baseOffset) => this with { BaseOffset = baseOffset };

    /// <summary>Writes the two fields that the log assigns; both lie outside the checksum.</summary>
    public static void Assign(Span<byte> batch, long baseOffset, int leaderEpoch)
    {
        BinaryPrimitives.WriteInt64BigEndian(batch, baseOffset);
        BinaryPrimitives.WriteInt32BigEndian(batch[LeaderEpochAt..], leaderEpoch);
    }

    /// <summary>Stamps a batch of a topic with <c>message.timestamp.type=LogAppendTime</c> and renews its checksum.</summary>
    public RecordBatchHeader StampAppendTime(Span<byte> batch, long timestamp)
    {
        var attributes = (short)(Attributes | LogAppendTimeFlag);
        BinaryPrimitives.WriteInt16BigEndian(batch[AttributesAt..], attributes);
        BinaryPrimitives.WriteInt64BigEndian(batch[MaxTimestampAt..], timestamp);
        var crc = Crc32C.Compute(batch[AttributesAt..]);
        BinaryPrimitives.WriteUInt32BigEndian(batch[CrcAt..], crc);
        return this with { Attributes = attributes, MaxTimestamp = timestamp, Crc = crc };
    }
}
