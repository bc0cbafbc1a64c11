using EventSourcing.LocalKafka.Protocol;

namespace EventSourcing.LocalKafka.Groups;

/// <content>Who may commit offsets, and how long they are kept.</content>
internal sealed partial class ConsumerGroup
{
    /// <summary>Whether offsets may be committed by this member in this generation; a generation below 0 is a consumer without membership.</summary>
    public ErrorCode CheckCommit(MemberIdentity identity, int generation)
    {
        lock (_gate)
        {
            if (generation < 0 && identity.MemberId.Length == 0)
                return _members.Count == 0 ? ErrorCode.None : ErrorCode.UnknownMemberId;
            var error = CheckCommitOfMember(identity, generation);
            return error == ErrorCode.None && State == GroupState.CompletingRebalance ? ErrorCode.RebalanceInProgress : error;
        }
    }

    /// <summary>
    /// As <see cref="CheckCommit"/> for a transaction. Producers of before KIP-447 name no member, and the fencing of their transactional id protects
    /// the group; a member that has joined may commit what it read before the rebalance.
    /// </summary>
    public ErrorCode CheckTransactionalCommit(MemberIdentity identity, int generation)
    {
        lock (_gate)
            return generation < 0 && identity is { MemberId: "", InstanceId: null } ? ErrorCode.None : CheckCommitOfMember(identity, generation);
    }

    public GroupRetention Retention()
    {
        lock (_gate)
        {
            var isEmpty = State == GroupState.Empty && _members.Pending.Count == 0;
            var isStable = State == GroupState.Stable && ProtocolType == ConsumerProtocol;
            return new GroupRetention(isEmpty ? _emptySince : null, isStable ? SubscribedTopics() : null);
        }
    }

    /// <summary>Null when one of the members does not say what it reads.</summary>
    private HashSet<string>? SubscribedTopics()
    {
        var subscriptions = _members.All.Select(member => ConsumerSubscription.Topics(member.Metadata(ProtocolName))).ToList();
        return subscriptions.Contains(null) ? null : [.. subscriptions.SelectMany(topics => topics!)];
    }

    private ErrorCode CheckCommitOfMember(MemberIdentity identity, int generation)
    {
        var error = CheckMember(identity, generation, out var member);
        if (error == ErrorCode.None)
            member.Touch(_clock.Now);
        return error;
    }
}
