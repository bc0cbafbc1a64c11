using EventSourcing.LocalKafka.Groups;
using EventSourcing.LocalKafka.Storage;
using EventSourcing.LocalKafka.Topics;
using EventSourcing.LocalKafka.Transactions;

namespace EventSourcing.LocalKafka.Protocol.Apis;

/// <summary>API 28: notes positions that become a group's when the transaction commits.</summary>
internal sealed class TxnOffsetCommitApi(TransactionCoordinator transactions, GroupCoordinator groups, TopicCatalogue topics) : SynchronousApi
{
    private const short FirstVersionWithMember = 3;

    public override ApiKey Key => ApiKey.TxnOffsetCommit;

    public override VersionRange Versions { get; } = new(0, 3, FirstFlexible: 3);

    protected override void Handle(KafkaRequest request, KafkaReader body, KafkaWriter response, short version)
    {
        var transactionalId = body.ReadString();
        var group = body.ReadString();
        var producer = TransactionApi.ReadProducer(body);
        var generation = version >= FirstVersionWithMember ? body.ReadInt32() : -1;
        var member = version >= FirstVersionWithMember ? new MemberIdentity(body.ReadString(), body.ReadNullableString()) : new MemberIdentity("", null);
        var commits = body.ReadArray(reader => ReadTopic(reader, version, group)).SelectMany(topic => topic).ToList();

        var error = groups.CheckTransactionalCommit(group, member, generation);
        if (error == ErrorCode.None)
            error = transactions.AddOffsets(transactionalId, producer, group, commits.FindAll(commit => Check(commit) == ErrorCode.None));
        var results = commits.ToLookup(commit => commit.Partition, commit => error == ErrorCode.None ? Check(commit) : error);
        var answered = commits.GroupBy(commit => commit.Partition.Topic, (topic, entries) => new TopicIndexes(topic, [.. entries.Select(entry => entry.Partition.Partition)]));
        response.WriteInt32(0);
        TransactionApi.WriteResults(response, [.. answered], (topic, index) => results[new TopicPartition(topic, index)].First());
        response.WriteTags();
    }

    private static List<OffsetEntry> ReadTopic(KafkaReader body, short version, string group)
    {
        var name = body.ReadString();
        var entries = body.ReadArray(reader =>
        {
            var (index, offset, epoch) = (reader.ReadInt32(), reader.ReadInt64(), version >= 2 ? reader.ReadInt32() : -1);
            var entry = new OffsetEntry(group, new TopicPartition(name, index), new CommittedOffset(offset, epoch, reader.ReadNullableString() ?? ""));
            reader.SkipTags();
            return entry;
        });
        body.SkipTags();
        return entries;
    }

    private ErrorCode Check(OffsetEntry commit)
    {
        if (topics.FindPartition(commit.Partition.Topic, commit.Partition.Partition) is null)
            return ErrorCode.UnknownTopicOrPartition;
        return commit.Committed?.Metadata.Length > OffsetCommitApi.MaxMetadataBytes ? ErrorCode.OffsetMetadataTooLarge : ErrorCode.None;
    }
}
