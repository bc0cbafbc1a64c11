using EventSourcing.LocalKafka.Groups;

namespace EventSourcing.LocalKafka.Protocol.Apis;

/// <summary>API 16: all groups, or those in given states or of given types.</summary>
internal sealed class ListGroupsApi(GroupCoordinator groups) : SynchronousApi
{
    private const string GroupType = "classic";

    public override ApiKey Key => ApiKey.ListGroups;

    public override VersionRange Versions { get; } = new(0, 5, FirstFlexible: 3);

    protected override void Handle(KafkaRequest request, KafkaReader body, KafkaWriter response, short version)
    {
        var states = version >= 4 ? body.ReadArray(static reader => reader.ReadString()) : [];
        var types = version >= 5 ? body.ReadArray(static reader => reader.ReadString()) : [];
        var isOfType = types.Count == 0 || types.Contains(GroupType, StringComparer.OrdinalIgnoreCase);
        var listed = groups.DescribeAll().FindAll(group => isOfType && (states.Count == 0 || states.Contains(group.State.ToString(), StringComparer.OrdinalIgnoreCase)));

        if (version >= 1)
            response.WriteInt32(0);
        response.WriteError(ErrorCode.None);
        response.WriteArray(listed, (writer, group) =>
        {
            writer.WriteString(group.Id);
            writer.WriteString(group.ProtocolType);
            if (version >= 4)
                writer.WriteString(group.State.ToString());
            if (version >= 5)
                writer.WriteString(GroupType);
            writer.WriteTags();
        });
        response.WriteTags();
    }
}
