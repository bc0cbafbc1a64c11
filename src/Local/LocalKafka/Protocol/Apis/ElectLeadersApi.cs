using EventSourcing.LocalKafka.Topics;

namespace EventSourcing.LocalKafka.Protocol.Apis;

/// <summary>API 43: elects leaders; the one broker leads every partition already.</summary>
internal sealed class ElectLeadersApi(TopicCatalogue topics) : SynchronousApi
{
    public override ApiKey Key => ApiKey.ElectLeaders;

    public override VersionRange Versions { get; } = new(0, 2, FirstFlexible: 2);

    protected override void Handle(KafkaRequest request, KafkaReader body, KafkaWriter response, short version)
    {
        if (version >= 1)
            body.ReadInt8(); // preferred or unclean: the answer is the same
        var asked = body.ReadNullableArray(TopicIndexes.Read) ?? []; // all partitions: only those that had an election would be named

        response.WriteInt32(0);
        if (version >= 1)
            response.WriteError(ErrorCode.None);
        response.WriteArray(asked, WriteTopic);
        response.WriteTags();
    }

    private void WriteTopic(KafkaWriter response, TopicIndexes topic)
    {
        response.WriteString(topic.Name);
        response.WriteArray(topic.Partitions, (writer, index) =>
        {
            var isKnown = topics.FindPartition(topic.Name, index) is not null;
            writer.WriteInt32(index);
            writer.WriteError(isKnown ? ErrorCode.ElectionNotNeeded : ErrorCode.UnknownTopicOrPartition);
            writer.WriteNullableString(isKnown ? "The one broker leads the partition already." : $"There is no partition {index} of topic '{topic.Name}'.");
            writer.WriteTags();
        });
        response.WriteTags();
    }
}
