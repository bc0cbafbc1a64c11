using EventSourcing.LocalKafka.Groups;
using EventSourcing.LocalKafka.Storage;
using EventSourcing.LocalKafka.Topics;
using Microsoft.Extensions.Logging;

namespace EventSourcing.LocalKafka.Protocol.Apis;

/// <summary>API 8: notes the positions of a group. All partitions of one request are noted together.</summary>
internal sealed class OffsetCommitApi(GroupCoordinator groups, TopicCatalogue topics, FsyncPolicy policy, ILogger logger) : SynchronousApi
{
    public const int MaxMetadataBytes = 4096;

    public override ApiKey Key => ApiKey.OffsetCommit;

    public override VersionRange Versions { get; } = new(2, 8, FirstFlexible: 8);

    protected override void Handle(KafkaRequest request, KafkaReader body, KafkaWriter response, short version)
    {
        var group = body.ReadString();
        var generation = body.ReadInt32();
        var member = new MemberIdentity(body.ReadString(), version >= 7 ? body.ReadNullableString() : null);
        if (version <= 4)
            body.ReadInt64(); // retention time
        var commits = body.ReadArray(reader => ReadTopic(reader, version));

        var error = groups.CheckCommit(group, member, generation);
        if (error == ErrorCode.None)
            error = Store(group, commits.SelectMany(topic => topic.Partitions).Where(commit => Check(commit) == ErrorCode.None));
        var verdicts = commits.ConvertAll(topic => (topic.Name, topic.Partitions.ConvertAll(commit => (commit.Partition, error == ErrorCode.None ? Check(commit) : error))));
        Write(response, version, verdicts);
    }

    private static (string Name, List<Commit> Partitions) ReadTopic(KafkaReader body, short version)
    {
        var name = body.ReadString();
        var partitions = body.ReadArray(reader =>
        {
            var (index, offset, epoch) = (reader.ReadInt32(), reader.ReadInt64(), version >= 6 ? reader.ReadInt32() : -1);
            var commit = new Commit(new TopicPartition(name, index), new CommittedOffset(offset, epoch, reader.ReadNullableString() ?? ""));
            reader.SkipTags();
            return commit;
        });
        body.SkipTags();
        return (name, partitions);
    }

    private ErrorCode Check(Commit commit)
    {
        if (topics.FindPartition(commit.Partition.Topic, commit.Partition.Partition) is null)
            return ErrorCode.UnknownTopicOrPartition;
        return commit.Offset.Metadata.Length > MaxMetadataBytes ? ErrorCode.OffsetMetadataTooLarge : ErrorCode.None;
    }

    /// <summary>When the disk fails, clients are told to look for the coordinator and commit again.</summary>
    private ErrorCode Store(string group, IEnumerable<Commit> commits)
    {
        try
        {
            groups.Offsets.Write([.. commits.Select(commit => new OffsetEntry(group, commit.Partition, commit.Offset))]);
            if (policy == FsyncPolicy.Acknowledge)
                groups.Offsets.Flush();
            return ErrorCode.None;
        }
        catch (IOException exception)
        {
            Log.CommitFailed(logger, exception, group);
            return ErrorCode.CoordinatorNotAvailable;
        }
    }

    private static void Write(KafkaWriter response, short version, List<(string Name, List<(TopicPartition Partition, ErrorCode Error)> Partitions)> verdicts)
    {
        if (version >= 3)
            response.WriteInt32(0);
        response.WriteArray(verdicts, static (writer, topic) =>
        {
            writer.WriteString(topic.Name);
            writer.WriteArray(topic.Partitions, static (inner, verdict) =>
            {
                inner.WriteInt32(verdict.Partition.Partition);
                inner.WriteError(verdict.Error);
                inner.WriteTags();
            });
            writer.WriteTags();
        });
        response.WriteTags();
    }

    private readonly record struct Commit(TopicPartition Partition, CommittedOffset Offset);
}
