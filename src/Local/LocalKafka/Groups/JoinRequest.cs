namespace EventSourcing.LocalKafka.Groups;

/// <summary>What a client asks when it joins a group.</summary>
internal sealed record JoinRequest
{
    /// <summary>Empty on the first join.</summary>
    public required string MemberId { get; init; }

    /// <summary><c>group.instance.id</c> of a static member.</summary>
    public string? InstanceId { get; init; }

    public required string ClientId { get; init; }

    public required string ClientHost { get; init; }

    public required TimeSpan SessionTimeout { get; init; }

    public required TimeSpan RebalanceTimeout { get; init; }

    /// <summary><c>consumer</c> for consumers, <c>connect</c> for Kafka Connect.</summary>
    public required string ProtocolType { get; init; }

    public required IReadOnlyList<GroupProtocol> Protocols { get; init; }

    /// <summary>The client can be told its member id before it is a member (KIP-394), so that a lost response leaves nothing behind.</summary>
    public bool CanBeToldMemberId { get; init; }
}
