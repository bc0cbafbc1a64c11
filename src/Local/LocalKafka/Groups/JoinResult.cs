using EventSourcing.LocalKafka.Protocol;

namespace EventSourcing.LocalKafka.Groups;

/// <summary>Answer to a join. Only the leader gets the members, to assign partitions to them.</summary>
internal sealed record JoinResult(ErrorCode Error, string MemberId)
{
    public int Generation { get; init; } = -1;

    public string? ProtocolType { get; init; }

    public string? ProtocolName { get; init; }

    public string Leader { get; init; } = "";

    public IReadOnlyList<JoinedMember> Members { get; init; } = [];
}

/// <summary>A member as the leader sees it.</summary>
internal sealed record JoinedMember(string MemberId, string? InstanceId, byte[] Metadata);
