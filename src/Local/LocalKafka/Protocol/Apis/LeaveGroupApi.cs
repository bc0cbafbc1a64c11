using EventSourcing.LocalKafka.Groups;

namespace EventSourcing.LocalKafka.Protocol.Apis;

/// <summary>API 13: members leave, and the others rebalance at once.</summary>
internal sealed class LeaveGroupApi(GroupCoordinator groups) : SynchronousApi
{
    private const short FirstVersionWithMembers = 3;

    public override ApiKey Key => ApiKey.LeaveGroup;

    public override VersionRange Versions { get; } = new(0, 5, FirstFlexible: 4);

    protected override void Handle(KafkaRequest request, KafkaReader body, KafkaWriter response, short version)
    {
        var group = body.ReadString();
        if (version >= 1)
            response.WriteInt32(0);
        if (version < FirstVersionWithMembers)
        {
            response.WriteError(groups.Leave(group, new MemberIdentity(body.ReadString(), null)));
            return;
        }

        var members = body.ReadArray(reader => ReadMember(reader, version));
        response.WriteError(ErrorCode.None);
        response.WriteArray(members, (writer, member) =>
        {
            writer.WriteString(member.MemberId);
            writer.WriteNullableString(member.InstanceId);
            writer.WriteError(groups.Leave(group, member));
            writer.WriteTags();
        });
        response.WriteTags();
    }

    private static MemberIdentity ReadMember(KafkaReader body, short version)
    {
        var member = new MemberIdentity(body.ReadString(), body.ReadNullableString());
        if (version >= 5)
            body.ReadNullableString(); // reason
        body.SkipTags();
        return member;
    }
}
