using EventSourcing.LocalKafka.Topics;

namespace EventSourcing.LocalKafka.Protocol.Apis;

/// <summary>API 37: gives topics more partitions.</summary>
internal sealed class CreatePartitionsApi(TopicCatalogue topics) : SynchronousApi
{
    public override ApiKey Key => ApiKey.CreatePartitions;

    public override VersionRange Versions { get; } = new(0, 3, FirstFlexible: 2);

    protected override void Handle(KafkaRequest request, KafkaReader body, KafkaWriter response, short version)
    {
        var wanted = body.ReadArray(ReadTopic);
        body.ReadInt32(); // timeout
        var validateOnly = body.ReadBoolean();

        response.WriteInt32(0);
        response.WriteArray(wanted, (writer, topic) =>
        {
            var result = topic.IsAssignedElsewhere
                ? new AdminResult(ErrorCode.InvalidReplicaAssignment, "There is one broker, with id 1; every partition must be assigned to it alone.")
                : topics.AddPartitions(topic.Name, topic.Count, validateOnly);
            writer.WriteString(topic.Name);
            writer.WriteError(result.Error);
            writer.WriteNullableString(result.Message);
            writer.WriteTags();
        });
        response.WriteTags();
    }

    private static (string Name, int Count, bool IsAssignedElsewhere) ReadTopic(KafkaReader body)
    {
        var (name, count) = (body.ReadString(), body.ReadInt32());
        var assignments = body.ReadArray(static reader =>
        {
            var brokers = reader.ReadArray(static inner => inner.ReadInt32());
            reader.SkipTags();
            return brokers;
        });
        body.SkipTags();
        return (name, count, assignments.Exists(brokers => brokers is not [1]));
    }
}
