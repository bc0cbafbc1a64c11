using EventSourcing.LocalKafka.Groups;
using EventSourcing.LocalKafka.Storage;

namespace EventSourcing.LocalKafka.Transactions;

/// <summary>One item of the transaction journal: a change to what is known of one transactional id.</summary>
internal abstract record TransactionRecord(string TransactionalId)
{
    protected const byte HeaderKind = 1;
    protected const byte PartitionKind = 2;
    protected const byte GroupKind = 3;
    protected const byte OffsetKind = 4;

    protected abstract byte Kind { get; }

    public abstract void Apply(TransactionMetadata metadata);

    protected abstract void WriteContent(BinaryWriter writer);

    public void Write(BinaryWriter writer)
    {
        writer.Write(Kind);
        writer.Write(TransactionalId);
        WriteContent(writer);
    }

    public static TransactionRecord Read(BinaryReader reader)
    {
        var kind = reader.ReadByte();
        var id = reader.ReadString();
        return kind switch
        {
            HeaderKind => TransactionHeader.ReadContent(id, reader),
            PartitionKind => new AddedPartition(id, new TopicPartition(reader.ReadString(), reader.ReadInt32())),
            GroupKind => new AddedGroup(id, reader.ReadString()),
            OffsetKind => new PendingOffset(id, OffsetEntry.Read(reader)),
            _ => throw new InvalidDataException($"The transaction journal has an item of kind {kind}, which a newer version may have written."),
        };
    }
}

/// <summary>A partition that the open transaction writes to.</summary>
internal sealed record AddedPartition(string TransactionalId, TopicPartition Partition) : TransactionRecord(TransactionalId)
{
    protected override byte Kind => PartitionKind;

    public override void Apply(TransactionMetadata metadata) => metadata.Add(Partition);

    protected override void WriteContent(BinaryWriter writer)
    {
        writer.Write(Partition.Topic);
        writer.Write(Partition.Partition);
    }
}

/// <summary>A group whose offsets the open transaction commits.</summary>
internal sealed record AddedGroup(string TransactionalId, string Group) : TransactionRecord(TransactionalId)
{
    protected override byte Kind => GroupKind;

    public override void Apply(TransactionMetadata metadata) => metadata.Add(Group);

    protected override void WriteContent(BinaryWriter writer) => writer.Write(Group);
}

/// <summary>An offset that becomes the group's when the transaction commits.</summary>
internal sealed record PendingOffset(string TransactionalId, OffsetEntry Offset) : TransactionRecord(TransactionalId)
{
    protected override byte Kind => OffsetKind;

    public override void Apply(TransactionMetadata metadata) => metadata.Add(Offset);

    protected override void WriteContent(BinaryWriter writer) => Offset.Write(writer);
}
