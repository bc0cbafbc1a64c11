using EventSourcing.LocalKafka.Topics;

namespace EventSourcing.LocalKafka.Protocol.Apis;

/// <summary>API 19: creates topics, or only says whether it would.</summary>
internal sealed class CreateTopicsApi(TopicCatalogue topics, int defaultPartitions) : SynchronousApi
{
    public override ApiKey Key => ApiKey.CreateTopics;

    public override VersionRange Versions { get; } = new(2, 5, FirstFlexible: 5);

    protected override void Handle(KafkaRequest request, KafkaReader body, KafkaWriter response, short version)
    {
        var wanted = body.ReadArray(NewTopic.Read);
        body.ReadInt32(); // timeout
        var validateOnly = body.ReadBoolean();
        var ambiguous = wanted.GroupBy(topic => topic.Name).Where(same => same.Count() > 1).Select(same => same.Key).ToHashSet(StringComparer.Ordinal);

        response.WriteInt32(0);
        response.WriteArray(wanted, (writer, topic) =>
        {
            var result = ambiguous.Contains(topic.Name)
                ? new AdminResult(ErrorCode.InvalidRequest, $"Topic '{topic.Name}' is in the request more than once.")
                : Create(topic, validateOnly);
            WriteTopic(writer, version, topic, result);
        });
        response.WriteTags();
    }

    private AdminResult Create(NewTopic topic, bool validateOnly) =>
        topic.CheckReplication() ?? topics.Create(topic.Name, topic.Partitions(defaultPartitions), topic.ConfigValues(), validateOnly);

    private void WriteTopic(KafkaWriter response, short version, NewTopic topic, AdminResult result)
    {
        response.WriteString(topic.Name);
        response.WriteError(result.Error);
        response.WriteNullableString(result.Message);
        if (version >= 5)
            WriteDetails(response, topic, result.Error == ErrorCode.None);
        response.WriteTags();
    }

    private void WriteDetails(KafkaWriter response, NewTopic topic, bool isCreated)
    {
        response.WriteInt32(isCreated ? topic.Partitions(defaultPartitions) : -1);
        response.WriteInt16(isCreated ? 1 : -1);
        if (!isCreated)
        {
            response.WriteArrayLength(-1);
            return;
        }

        var config = TopicConfig.Create(topic.ConfigValues());
        response.WriteArray(TopicConfigDefinitions.All, (writer, definition) =>
        {
            writer.WriteString(definition.Name);
            writer.WriteNullableString(config.Value(definition));
            writer.WriteBoolean(false);
            writer.WriteInt8((int)config.Source(definition));
            writer.WriteBoolean(false);
            writer.WriteTags();
        });
    }
}
