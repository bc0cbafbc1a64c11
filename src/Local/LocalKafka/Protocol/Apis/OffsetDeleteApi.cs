using EventSourcing.LocalKafka.Groups;
using EventSourcing.LocalKafka.Storage;
using EventSourcing.LocalKafka.Topics;

namespace EventSourcing.LocalKafka.Protocol.Apis;

/// <summary>API 47: deletes committed offsets of topics that no member of the group subscribes to.</summary>
internal sealed class OffsetDeleteApi(GroupCoordinator groups, TopicCatalogue topics) : SynchronousApi
{
    public override ApiKey Key => ApiKey.OffsetDelete;

    public override VersionRange Versions { get; } = new(0, 0, FirstFlexible: short.MaxValue);

    protected override void Handle(KafkaRequest request, KafkaReader body, KafkaWriter response, short version)
    {
        var groupId = body.ReadString();
        var asked = body.ReadArray(static reader => (Name: reader.ReadString(), Partitions: reader.ReadArray(static inner => inner.ReadInt32())));

        var group = groups.Describe(groupId);
        var error = group.State == GroupState.Dead ? ErrorCode.GroupIdNotFound : ErrorCode.None;
        var subscribed = group.Members.SelectMany(member => ConsumerSubscription.Topics(member.Subscription) ?? []).ToHashSet(StringComparer.Ordinal);
        response.WriteError(error);
        response.WriteInt32(0);
        response.WriteArray(error == ErrorCode.None ? asked : [], (writer, topic) =>
        {
            writer.WriteString(topic.Name);
            writer.WriteArray(topic.Partitions, (inner, index) =>
            {
                inner.WriteInt32(index);
                inner.WriteError(Delete(groupId, new TopicPartition(topic.Name, index), subscribed));
            });
        });
    }

    private ErrorCode Delete(string group, TopicPartition partition, HashSet<string> subscribed)
    {
        if (topics.FindPartition(partition.Topic, partition.Partition) is null)
            return ErrorCode.UnknownTopicOrPartition;
        if (subscribed.Contains(partition.Topic))
            return ErrorCode.GroupSubscribedToTopic;
        groups.Offsets.Write([new OffsetEntry(group, partition, null)]);
        return ErrorCode.None;
    }
}
