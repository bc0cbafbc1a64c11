using EventSourcing.LocalKafka.Hosting;
using EventSourcing.LocalKafka.Topics;

namespace EventSourcing.LocalKafka.Protocol.Apis;

/// <summary>API 35: the one data directory, how full its disk is, and what each partition takes of it.</summary>
internal sealed class DescribeLogDirsApi(DataDirectory directory, TopicCatalogue topics) : SynchronousApi
{
    public override ApiKey Key => ApiKey.DescribeLogDirs;

    public override VersionRange Versions { get; } = new(1, 4, FirstFlexible: 2);

    protected override void Handle(KafkaRequest request, KafkaReader body, KafkaWriter response, short version)
    {
        var asked = body.ReadNullableArray(TopicIndexes.Read) ?? [.. topics.All.Select(topic => new TopicIndexes(topic.Name, [.. Enumerable.Range(0, topic.Partitions.Count)]))];
        var known = asked.ConvertAll(topic => topic with { Partitions = topic.Partitions.FindAll(index => topics.FindPartition(topic.Name, index) is not null) });

        response.WriteInt32(0);
        if (version >= 3)
            response.WriteError(ErrorCode.None);
        response.WriteArrayLength(1);
        response.WriteError(ErrorCode.None);
        response.WriteString(directory.Path);
        response.WriteArray(known.FindAll(topic => topic.Partitions.Count > 0), WriteTopic);
        if (version >= 4)
            WriteDisk(response);
        response.WriteTags();
        response.WriteTags();
    }

    private void WriteTopic(KafkaWriter response, TopicIndexes topic)
    {
        response.WriteString(topic.Name);
        response.WriteArray(topic.Partitions, (writer, index) =>
        {
            writer.WriteInt32(index);
            writer.WriteInt64(topics.FindPartition(topic.Name, index)?.Segments.Sum(segment => segment.Size) ?? 0);
            writer.WriteInt64(0); // offset lag
            writer.WriteBoolean(false); // no replica that will move here
            writer.WriteTags();
        });
        response.WriteTags();
    }

    private void WriteDisk(KafkaWriter response)
    {
        var disk = new DriveInfo(directory.Path);
        response.WriteInt64(disk.TotalSize);
        response.WriteInt64(disk.AvailableFreeSpace);
    }
}
