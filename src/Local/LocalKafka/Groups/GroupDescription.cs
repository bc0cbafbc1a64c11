namespace EventSourcing.LocalKafka.Groups;

/// <summary>A group as DescribeGroups and ListGroups show it, as of one moment.</summary>
internal sealed record GroupDescription(string Id, GroupState State, string ProtocolType, string Protocol, IReadOnlyList<MemberDescription> Members)
{
    public static GroupDescription Empty(string id) => new(id, GroupState.Empty, "", "", []);

    public static GroupDescription Dead(string id) => new(id, GroupState.Dead, "", "", []);

    public static GroupDescription Of(ConsumerGroup group, IEnumerable<GroupMember> members)
    {
        // As in Kafka, metadata and assignment are shown only once they belong together.
        var stable = group.State == GroupState.Stable;
        return new GroupDescription(group.Id, group.State, group.ProtocolType, stable ? group.ProtocolName ?? "" : "", [.. members.Select(member =>
            new MemberDescription(member.Id, member.InstanceId, member.ClientId, member.ClientHost, stable ? member.Metadata(group.ProtocolName) : [], stable ? member.Assignment : [])
            {
                Subscription = member.Protocols.Count > 0 ? member.Protocols[0].Metadata : [],
            })]);
    }
}

/// <summary>A member as DescribeGroups shows it.</summary>
internal sealed record MemberDescription(string Id, string? InstanceId, string ClientId, string ClientHost, byte[] Metadata, byte[] Assignment)
{
    /// <summary>What the member subscribes to, whatever the group's state.</summary>
    public byte[] Subscription { get; init; } = [];
}
