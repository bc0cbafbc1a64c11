using EventSourcing.LocalKafka.Hosting;
using EventSourcing.LocalKafka.Security;
using EventSourcing.LocalKafka.Storage;
using EventSourcing.LocalKafka.Topics;

namespace EventSourcing.LocalKafka.Protocol.Apis;

/// <summary>API 3: the one broker, which is the controller and leads every partition, and the topics. Topics are never created on the way.</summary>
internal sealed class MetadataApi(BrokerIdentity broker, TopicCatalogue topics) : SynchronousApi
{
    private const int OperationsNotAsked = int.MinValue;

    public override ApiKey Key => ApiKey.Metadata;

    public override VersionRange Versions { get; } = new(0, 9, FirstFlexible: 9);

    protected override void Handle(KafkaRequest request, KafkaReader body, KafkaWriter response, short version)
    {
        var names = body.ReadNullableArray(static reader =>
        {
            var name = reader.ReadString();
            reader.SkipTags();
            return name;
        });

        if (version >= 3)
            response.WriteInt32(0);
        WriteBroker(response, version, request.Session.Listener);
        if (version >= 2)
            response.WriteNullableString(broker.ClusterId);
        if (version >= 1)
            response.WriteInt32(broker.NodeId);
        var all = names is null || (version == 0 && names.Count == 0);
        response.WriteArray(
            all ? [.. topics.All.Select(topic => (topic.Name, (Topic?)topic))] : names!.ConvertAll(name => (name, topics.Find(name))),
            (writer, named) => WriteTopic(writer, version, named.Item1, named.Item2));
        if (version >= 8)
            response.WriteInt32(OperationsNotAsked);
        response.WriteTags();
    }

    private void WriteBroker(KafkaWriter response, short version, AdvertisedListener listener)
    {
        response.WriteArrayLength(1);
        response.WriteInt32(broker.NodeId);
        response.WriteString(listener.Host);
        response.WriteInt32(listener.Port);
        if (version >= 1)
            response.WriteNullableString(null);
        response.WriteTags();
    }

    private void WriteTopic(KafkaWriter response, short version, string name, Topic? topic)
    {
        var unknown = TopicName.IsValid(name) ? ErrorCode.UnknownTopicOrPartition : ErrorCode.InvalidTopic;
        response.WriteError(topic is null ? unknown : ErrorCode.None);
        response.WriteString(name);
        if (version >= 1)
            response.WriteBoolean(false);
        var partitions = topic?.Partitions.Count ?? 0;
        response.WriteArrayLength(partitions);
        for (var i = 0; i < partitions; i++)
            WritePartition(response, version, i);
        if (version >= 8)
            response.WriteInt32(OperationsNotAsked);
        response.WriteTags();
    }

    private void WritePartition(KafkaWriter response, short version, int index)
    {
        response.WriteError(ErrorCode.None);
        response.WriteInt32(index);
        response.WriteInt32(broker.NodeId);
        if (version >= 7)
            response.WriteInt32(PartitionLog.LeaderEpoch);
        response.WriteInt32Array(broker.NodeId);
        response.WriteInt32Array(broker.NodeId);
        if (version >= 5)
            response.WriteInt32Array();
        response.WriteTags();
    }
}
