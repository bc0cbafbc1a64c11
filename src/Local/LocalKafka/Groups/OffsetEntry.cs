using EventSourcing.LocalKafka.Storage;

namespace EventSourcing.LocalKafka.Groups;

/// <summary>One line of the offset journal: a commit, or with no offset the deletion of one.</summary>
internal readonly record struct OffsetEntry(string Group, TopicPartition Partition, CommittedOffset? Committed)
{
    private const byte Commit = 1;
    private const byte Delete = 2;

    public void Write(BinaryWriter writer)
    {
        writer.Write(Committed is null ? Delete : Commit);
        writer.Write(Group);
        writer.Write(Partition.Topic);
        writer.Write(Partition.Partition);
        if (Committed is not { } committed)
            return;
        writer.Write(committed.Offset);
        writer.Write(committed.LeaderEpoch);
        writer.Write(committed.Metadata);
    }

    public static OffsetEntry Read(BinaryReader reader)
    {
        var kind = reader.ReadByte();
        var group = reader.ReadString();
        var partition = new TopicPartition(reader.ReadString(), reader.ReadInt32());
        return kind switch
        {
            Commit => new OffsetEntry(group, partition, new CommittedOffset(reader.ReadInt64(), reader.ReadInt32(), reader.ReadString())),
            Delete => new OffsetEntry(group, partition, null),
            _ => throw new InvalidDataException($"The offset journal has an entry of kind {kind}, which a newer version may have written."),
        };
    }
}
