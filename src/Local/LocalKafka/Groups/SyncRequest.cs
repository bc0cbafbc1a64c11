namespace EventSourcing.LocalKafka.Groups;

/// <summary>What a member asks after a join; the leader sends the assignments along.</summary>
internal sealed record SyncRequest(MemberIdentity Member, int Generation, IReadOnlyDictionary<string, byte[]> Assignments)
{
    public string? ProtocolType { get; init; }

    public string? ProtocolName { get; init; }
}

/// <summary>Member id with the instance id of a static member.</summary>
internal readonly record struct MemberIdentity(string MemberId, string? InstanceId);
