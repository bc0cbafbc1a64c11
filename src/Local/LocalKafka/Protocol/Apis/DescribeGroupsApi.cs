using EventSourcing.LocalKafka.Groups;

namespace EventSourcing.LocalKafka.Protocol.Apis;

/// <summary>API 15: state and members of groups.</summary>
internal sealed class DescribeGroupsApi(GroupCoordinator groups) : SynchronousApi
{
    private const int OperationsNotAsked = int.MinValue;
    private const short FirstVersionThatTellsUnknown = 6;

    public override ApiKey Key => ApiKey.DescribeGroups;

    public override VersionRange Versions { get; } = new(0, 6, FirstFlexible: 5);

    protected override void Handle(KafkaRequest request, KafkaReader body, KafkaWriter response, short version)
    {
        var ids = body.ReadArray(static reader => reader.ReadString());
        if (version >= 1)
            response.WriteInt32(0);
        response.WriteArray(ids, (writer, id) => WriteGroup(writer, version, groups.Describe(id)));
        response.WriteTags();
    }

    private static void WriteGroup(KafkaWriter response, short version, GroupDescription group)
    {
        var isUnknown = version >= FirstVersionThatTellsUnknown && group.State == GroupState.Dead;
        response.WriteError(isUnknown ? ErrorCode.GroupIdNotFound : ErrorCode.None);
        if (version >= FirstVersionThatTellsUnknown)
            response.WriteNullableString(isUnknown ? $"Group {group.Id} not found." : null);
        response.WriteString(group.Id);
        response.WriteString(group.State.ToString());
        response.WriteString(group.ProtocolType);
        response.WriteString(group.Protocol);
        response.WriteArray(group.Members, (writer, member) => WriteMember(writer, version, member));
        if (version >= 3)
            response.WriteInt32(OperationsNotAsked);
        response.WriteTags();
    }

    private static void WriteMember(KafkaWriter response, short version, MemberDescription member)
    {
        response.WriteString(member.Id);
        if (version >= 4)
            response.WriteNullableString(member.InstanceId);
        response.WriteString(member.ClientId);
        response.WriteString(member.ClientHost);
        response.WriteBytes(member.Metadata);
        response.WriteBytes(member.Assignment);
        response.WriteTags();
    }
}
