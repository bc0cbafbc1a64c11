using EventSourcing.LocalKafka.Groups;

namespace EventSourcing.LocalKafka.Protocol.Apis;

/// <summary>API 12: keeps a member's session alive and tells it of a rebalance.</summary>
internal sealed class HeartbeatApi(GroupCoordinator groups) : SynchronousApi
{
    public override ApiKey Key => ApiKey.Heartbeat;

    public override VersionRange Versions { get; } = new(0, 4, FirstFlexible: 4);

    protected override void Handle(KafkaRequest request, KafkaReader body, KafkaWriter response, short version)
    {
        var group = body.ReadString();
        var generation = body.ReadInt32();
        var member = new MemberIdentity(body.ReadString(), version >= 3 ? body.ReadNullableString() : null);

        if (version >= 1)
            response.WriteInt32(0);
        response.WriteError(groups.Heartbeat(group, member, generation));
        response.WriteTags();
    }
}
