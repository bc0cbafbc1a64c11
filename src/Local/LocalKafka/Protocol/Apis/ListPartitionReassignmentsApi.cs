namespace EventSourcing.LocalKafka.Protocol.Apis;

/// <summary>API 46: the partitions that are moving to other brokers, of which there are none.</summary>
internal sealed class ListPartitionReassignmentsApi : SynchronousApi
{
    public override ApiKey Key => ApiKey.ListPartitionReassignments;

    public override VersionRange Versions { get; } = new(0, 0, FirstFlexible: 0);

    protected override void Handle(KafkaRequest request, KafkaReader body, KafkaWriter response, short version)
    {
        response.WriteInt32(0);
        response.WriteError(ErrorCode.None);
        response.WriteNullableString(null);
        response.WriteArrayLength(0);
        response.WriteTags();
    }
}
