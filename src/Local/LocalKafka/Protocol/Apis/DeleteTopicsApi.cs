using EventSourcing.LocalKafka.Groups;
using EventSourcing.LocalKafka.Topics;

namespace EventSourcing.LocalKafka.Protocol.Apis;

/// <summary>API 20: deletes topics with their records and the offsets that groups committed for them.</summary>
internal sealed class DeleteTopicsApi(TopicCatalogue topics, GroupCoordinator groups) : SynchronousApi
{
    public override ApiKey Key => ApiKey.DeleteTopics;

    public override VersionRange Versions { get; } = new(1, 4, FirstFlexible: 4);

    protected override void Handle(KafkaRequest request, KafkaReader body, KafkaWriter response, short version)
    {
        var names = body.ReadArray(static reader => reader.ReadString());
        response.WriteInt32(0);
        response.WriteArray(names, (writer, name) =>
        {
            writer.WriteString(name);
            writer.WriteError(Delete(name));
            writer.WriteTags();
        });
        response.WriteTags();
    }

    private ErrorCode Delete(string name)
    {
        var result = topics.Delete(name);
        if (result.Error == ErrorCode.None)
            groups.Offsets.DeleteTopic(name);
        return result.Error;
    }
}
