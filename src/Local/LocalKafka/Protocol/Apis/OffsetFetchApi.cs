using EventSourcing.LocalKafka.Groups;
using EventSourcing.LocalKafka.Storage;
using EventSourcing.LocalKafka.Transactions;

namespace EventSourcing.LocalKafka.Protocol.Apis;

/// <summary>API 9: the committed positions of one group, or from version 8 on of several.</summary>
internal sealed class OffsetFetchApi(GroupCoordinator groups, TransactionCoordinator transactions) : SynchronousApi
{
    private const short FirstVersionWithGroups = 8;

    public override ApiKey Key => ApiKey.OffsetFetch;

    public override VersionRange Versions { get; } = new(1, 8, FirstFlexible: 6);

    protected override void Handle(KafkaRequest request, KafkaReader body, KafkaWriter response, short version)
    {
        var asked = version >= FirstVersionWithGroups ? body.ReadArray(ReadGroup) : [new AskedGroup(body.ReadString(), body.ReadNullableArray(ReadTopic))];
        var requireStable = version >= 7 && body.ReadBoolean();

        if (version >= 3)
            response.WriteInt32(0);
        if (version < FirstVersionWithGroups)
        {
            WriteGroup(response, version, asked[0], requireStable);
        }
        else
        {
            response.WriteArray(asked, (writer, group) =>
            {
                writer.WriteString(group.Id);
                WriteGroup(writer, version, group, requireStable);
                writer.WriteTags();
            });
        }

        response.WriteTags();
    }

    private static AskedGroup ReadGroup(KafkaReader body)
    {
        var group = new AskedGroup(body.ReadString(), body.ReadNullableArray(ReadTopic));
        body.SkipTags();
        return group;
    }

    private static AskedTopic ReadTopic(KafkaReader body)
    {
        var topic = new AskedTopic(body.ReadString(), body.ReadArray(static reader => reader.ReadInt32()));
        body.SkipTags();
        return topic;
    }

    private void WriteGroup(KafkaWriter response, short version, AskedGroup group, bool requireStable)
    {
        var unstable = requireStable ? transactions.PendingPartitions(group.Id) : [];
        response.WriteArray(group.Topics ?? AllTopics(group.Id), (writer, topic) =>
        {
            writer.WriteString(topic.Name);
            writer.WriteArray(topic.Partitions, (inner, index) =>
            {
                var partition = new TopicPartition(topic.Name, index);
                if (unstable.Contains(partition))
                    WritePartition(inner, version, index, null, ErrorCode.UnstableOffsetCommit);
                else
                    WritePartition(inner, version, index, groups.Offsets.Find(group.Id, partition), ErrorCode.None);
            });
            writer.WriteTags();
        });
        if (version >= 2)
            response.WriteError(ErrorCode.None);
    }

    private List<AskedTopic> AllTopics(string group) =>
        [.. from committed in groups.Offsets.FindAll(@group)
            group committed.Key.Partition by committed.Key.Topic into topic
            select new AskedTopic(topic.Key, [.. topic.Order()])];

    private static void WritePartition(KafkaWriter response, short version, int index, CommittedOffset? committed, ErrorCode error)
    {
        response.WriteInt32(index);
        response.WriteInt64(committed?.Offset ?? -1);
        if (version >= 5)
            response.WriteInt32(committed?.LeaderEpoch ?? -1);
        response.WriteNullableString(committed?.Metadata ?? "");
        response.WriteError(error);
        response.WriteTags();
    }

    private sealed record AskedGroup(string Id, List<AskedTopic>? Topics);

    private sealed record AskedTopic(string Name, List<int> Partitions);
}
