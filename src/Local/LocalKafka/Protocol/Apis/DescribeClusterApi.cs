using EventSourcing.LocalKafka.Hosting;

namespace EventSourcing.LocalKafka.Protocol.Apis;

/// <summary>API 60: the cluster, which is this one broker.</summary>
internal sealed class DescribeClusterApi(BrokerIdentity broker) : SynchronousApi
{
    private const int OperationsNotAsked = int.MinValue;

    public override ApiKey Key => ApiKey.DescribeCluster;

    public override VersionRange Versions { get; } = new(0, 0, FirstFlexible: 0);

    protected override void Handle(KafkaRequest request, KafkaReader body, KafkaWriter response, short version)
    {
        response.WriteInt32(0);
        response.WriteError(ErrorCode.None);
        response.WriteNullableString(null);
        response.WriteString(broker.ClusterId);
        response.WriteInt32(broker.NodeId);
        response.WriteArrayLength(1);
        response.WriteInt32(broker.NodeId);
        response.WriteString(request.Session.Listener.Host);
        response.WriteInt32(request.Session.Listener.Port);
        response.WriteNullableString(null);
        response.WriteTags();
        response.WriteInt32(OperationsNotAsked);
        response.WriteTags();
    }
}
