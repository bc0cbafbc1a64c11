using EventSourcing.LocalKafka.Protocol;

namespace EventSourcing.LocalKafka.Groups;

/// <content>How clients come in: new, with a member id they were told, static, or again.</content>
internal sealed partial class ConsumerGroup
{
    private Task<JoinResult> Join(JoinRequest request)
    {
        if (State == GroupState.Dead)
            return Refuse(ErrorCode.CoordinatorNotAvailable, request.MemberId);
        if (request.ProtocolType.Length == 0 || !_members.Share(request.Protocols) || (_members.Count > 0 && request.ProtocolType != ProtocolType))
            return Refuse(ErrorCode.InconsistentGroupProtocol, request.MemberId);
        if (request.MemberId.Length == 0)
            return request.InstanceId is { } instance ? JoinStatic(request, instance) : JoinNew(request);
        if (request.InstanceId is null && _members.Pending.Remove(request.MemberId))
            return Add(request, request.MemberId);
        var error = _members.Check(new MemberIdentity(request.MemberId, request.InstanceId), out var member);
        return error == ErrorCode.None ? Rejoin(member, request) : Refuse(error, request.MemberId);
    }

    private Task<JoinResult> JoinNew(JoinRequest request)
    {
        if (_members.Count + _members.Pending.Count >= _settings.MaxSize)
            return Refuse(ErrorCode.GroupMaxSizeReached, "");
        var id = $"{request.ClientId}-{Guid.NewGuid()}";
        if (!request.CanBeToldMemberId)
            return Add(request, id);
        _members.Pending[id] = _clock.Now + request.SessionTimeout;
        return Refuse(ErrorCode.MemberIdRequired, id);
    }

    private Task<JoinResult> JoinStatic(JoinRequest request, string instance)
    {
        var id = $"{instance}-{Guid.NewGuid()}";
        if (_members.FindStatic(instance) is not { } predecessor)
            return _members.Count >= _settings.MaxSize ? Refuse(ErrorCode.GroupMaxSizeReached, "") : Add(request, id);

        var leaderBefore = Leader;
        var successor = new GroupMember(id, request) { Assignment = predecessor.Assignment, HasSynced = predecessor.HasSynced };
        var unchanged = State == GroupState.Stable && predecessor.Offers(request.Protocols);
        predecessor.Fail(ErrorCode.FencedInstanceId);
        _members.Remove(predecessor);
        _members.Add(successor);
        if (Leader == predecessor.Id)
            Leader = id;
        successor.Touch(_clock.Now);
        if (unchanged) // The successor keeps the assignment; it is told the leader's old id so that it does not assign anew (KIP-345).
            return Task.FromResult(Joined(successor) with { Leader = leaderBefore, Members = [] });
        var joining = successor.WaitForJoin();
        Rebalance();
        return joining;
    }

    private Task<JoinResult> Add(JoinRequest request, string id)
    {
        var member = new GroupMember(id, request);
        ProtocolType = request.ProtocolType;
        _members.Add(member);
        var joining = member.WaitForJoin();
        if (State == GroupState.PreparingRebalance && _isFirstJoin)
            _phaseDeadline = _clock.Now + _settings.InitialRebalanceDelay;
        Rebalance();
        return joining;
    }

    private Task<JoinResult> Rejoin(GroupMember member, JoinRequest request)
    {
        var unchanged = member.Offers(request.Protocols);
        member.Touch(_clock.Now);
        if (unchanged && (State == GroupState.CompletingRebalance || (State == GroupState.Stable && member.Id != Leader)))
            return Task.FromResult(Joined(member));
        member.Update(request);
        var joining = member.WaitForJoin();
        Rebalance();
        return joining;
    }

    private static Task<JoinResult> Refuse(ErrorCode error, string memberId) => Task.FromResult(new JoinResult(error, memberId));
}
