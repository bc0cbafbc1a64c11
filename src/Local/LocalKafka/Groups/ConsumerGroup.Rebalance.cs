using EventSourcing.LocalKafka.Protocol;

namespace EventSourcing.LocalKafka.Groups;

/// <content>From one generation to the next: joins end, the leader assigns, and those who are late or silent are removed.</content>
internal sealed partial class ConsumerGroup
{
    /// <summary>Starts a rebalance unless one is under way, and ends it at once when all members have joined already.</summary>
    private void Rebalance()
    {
        if (State != GroupState.PreparingRebalance)
        {
            foreach (var member in _members.All.Where(member => member.IsSyncing))
            {
                member.Touch(_clock.Now); // it waited for the leader, silent by right
                member.CompleteSync(SyncResult.Failed(ErrorCode.RebalanceInProgress));
            }

            _isFirstJoin = State == GroupState.Empty;
            _phaseDeadline = _clock.Now + (_isFirstJoin ? _settings.InitialRebalanceDelay : _members.LongestRebalanceTimeout);
            State = GroupState.PreparingRebalance;
        }

        CompleteJoinWhenAllAreIn();
    }

    private void CompleteJoinWhenAllAreIn()
    {
        if (State == GroupState.PreparingRebalance && !_isFirstJoin && _members.Pending.Count == 0 && _members.All.All(member => member.IsJoining))
            CompleteJoin();
    }

    /// <summary>Begins the next generation with the members that have joined.</summary>
    private void CompleteJoin()
    {
        foreach (var absent in _members.All.Where(member => !member.IsJoining).ToList())
            _members.Remove(absent);
        Generation++;
        _isFirstJoin = false;
        if (_members.Count == 0)
        {
            (State, ProtocolName, Leader, _emptySince) = (GroupState.Empty, null, "", _clock.Now);
            return;
        }

        State = GroupState.CompletingRebalance;
        ProtocolName = _members.SelectProtocol();
        Leader = _members.Find(Leader)?.Id ?? _members.All.First().Id;
        _phaseDeadline = _clock.Now + _members.LongestRebalanceTimeout;
        foreach (var member in _members.All)
        {
            (member.HasSynced, member.Assignment) = (false, []);
            member.Touch(_clock.Now);
            member.CompleteJoin(Joined(member));
        }
    }

    private Task<SyncResult> Sync(SyncRequest request)
    {
        if (CheckMember(request.Member, request.Generation, out var member) is var error and not ErrorCode.None)
            return Task.FromResult(SyncResult.Failed(error));
        if ((request.ProtocolType ?? ProtocolType) != ProtocolType || (request.ProtocolName ?? ProtocolName) != ProtocolName)
            return Task.FromResult(SyncResult.Failed(ErrorCode.InconsistentGroupProtocol));
        member.Touch(_clock.Now);
        if (State == GroupState.PreparingRebalance)
            return Task.FromResult(SyncResult.Failed(ErrorCode.RebalanceInProgress));
        if (State == GroupState.Stable)
            return Task.FromResult(Synced(member));

        member.HasSynced = true;
        var syncing = member.WaitForSync();
        if (member.Id == Leader)
            Assign(request.Assignments);
        return syncing;
    }

    private void Assign(IReadOnlyDictionary<string, byte[]> assignments)
    {
        State = GroupState.Stable;
        foreach (var member in _members.All)
        {
            member.Assignment = assignments.GetValueOrDefault(member.Id, []);
            if (member.IsSyncing)
                member.Touch(_clock.Now);
            member.CompleteSync(Synced(member));
        }
    }

    private void OnTimer()
    {
        lock (_gate)
        {
            if (State == GroupState.Dead)
                return;
            var now = _clock.Now;
            foreach (var id in _members.Pending.Where(pending => pending.Value <= now).Select(pending => pending.Key).ToList())
                _members.Pending.Remove(id);
            foreach (var member in _members.All.Where(member => HasExpired(member, now)).ToList())
                Remove(member, ErrorCode.UnknownMemberId);
            if (State == GroupState.PreparingRebalance && now >= _phaseDeadline)
                CompleteJoin();
            CompleteJoinWhenAllAreIn();
            _clock.Arm(NextDeadline());
        }
    }

    /// <summary>Its session ended without a word, or it has joined and not fetched its assignment in time.</summary>
    private bool HasExpired(GroupMember member, DateTimeOffset now) =>
        (!member.IsJoining && !member.IsSyncing && member.SessionDeadline <= now)
        || (State == GroupState.CompletingRebalance && !member.HasSynced && now >= _phaseDeadline);

    private void Remove(GroupMember member, ErrorCode toldAs)
    {
        member.Fail(toldAs);
        _members.Remove(member);
        if (State is GroupState.Stable or GroupState.CompletingRebalance)
            Rebalance();
        else
            CompleteJoinWhenAllAreIn();
    }

    private DateTimeOffset? NextDeadline()
    {
        var deadlines = _members.All.Where(member => !member.IsJoining && !member.IsSyncing).Select(member => member.SessionDeadline)
            .Concat(_members.Pending.Values);
        if (State is GroupState.PreparingRebalance or GroupState.CompletingRebalance)
            deadlines = deadlines.Append(_phaseDeadline);
        return deadlines.Select(deadline => (DateTimeOffset?)deadline).Min();
    }
}
