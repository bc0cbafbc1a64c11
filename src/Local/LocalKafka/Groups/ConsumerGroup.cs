using EventSourcing.LocalKafka.Protocol;

namespace EventSourcing.LocalKafka.Groups;

/// <summary>
/// One group of the classic protocol: Empty, PreparingRebalance (members join), CompletingRebalance (the leader assigns), Stable, Dead.
/// Every call takes the group's lock; joins and syncs wait as tasks that the state machine completes.
/// </summary>
internal sealed class ConsumerGroup : IDisposable
{
    private readonly Lock _gate = new();
    private readonly GroupSettings _settings;
    private readonly GroupClock _clock;
    private readonly GroupMembers _members = new();
    private DateTimeOffset _phaseDeadline;
    private bool _isFirstJoin;

    public ConsumerGroup(string id, GroupSettings settings, TimeProvider time)
    {
        Id = id;
        _settings = settings;
        _clock = new GroupClock(time, OnTimer);
    }

    public string Id { get; }

    public GroupState State { get; private set; }

    public int Generation { get; private set; }

    public string ProtocolType { get; private set; } = "";

    public string? ProtocolName { get; private set; }

    public string Leader { get; private set; } = "";

    public Task<JoinResult> JoinAsync(JoinRequest request)
    {
        lock (_gate)
        {
            var joining = Join(request);
            _clock.Arm(NextDeadline());
            return joining;
        }
    }

    public Task<SyncResult> SyncAsync(SyncRequest request)
    {
        lock (_gate)
        {
            var syncing = Sync(request);
            _clock.Arm(NextDeadline());
            return syncing;
        }
    }

    public ErrorCode Heartbeat(MemberIdentity identity, int generation)
    {
        lock (_gate)
        {
            if (CheckMember(identity, generation, out var member) is var error and not ErrorCode.None)
                return error;
            member.Touch(_clock.Now);
            return State == GroupState.PreparingRebalance ? ErrorCode.RebalanceInProgress : ErrorCode.None;
        }
    }

    public ErrorCode Leave(MemberIdentity identity)
    {
        lock (_gate)
        {
            if (identity.InstanceId is null && _members.Pending.Remove(identity.MemberId))
            {
                CompleteJoinWhenAllAreIn();
                return ErrorCode.None;
            }

            // A static member may be removed by its instance id alone, as the admin client does.
            var error = identity is { InstanceId: { } instance, MemberId: "" }
                ? _members.Check(identity with { MemberId = _members.FindStatic(instance)?.Id ?? "" }, out var member)
                : _members.Check(identity, out member);
            if (error == ErrorCode.None)
                Remove(member, ErrorCode.UnknownMemberId);
            _clock.Arm(NextDeadline());
            return error;
        }
    }

    /// <summary>Whether offsets may be committed by this member in this generation; a generation below 0 is a consumer without membership.</summary>
    public ErrorCode CheckCommit(MemberIdentity identity, int generation)
    {
        lock (_gate)
        {
            if (generation < 0 && identity.MemberId.Length == 0)
                return _members.Count == 0 ? ErrorCode.None : ErrorCode.UnknownMemberId;
            if (CheckMember(identity, generation, out var member) is var error and not ErrorCode.None)
                return error;
            member.Touch(_clock.Now);
            return State == GroupState.CompletingRebalance ? ErrorCode.RebalanceInProgress : ErrorCode.None;
        }
    }

    public GroupDescription Describe()
    {
        lock (_gate)
            return GroupDescription.Of(this, _members.All);
    }

    /// <summary>Ends the group if nobody is in it or about to be.</summary>
    public bool TryKill()
    {
        lock (_gate)
        {
            if (State is GroupState.Empty && _members.Pending.Count == 0)
                State = GroupState.Dead;
            return State == GroupState.Dead;
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            State = GroupState.Dead;
            foreach (var member in _members.All)
                member.Fail(ErrorCode.CoordinatorNotAvailable);
        }

        _clock.Dispose();
    }

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

    /// <summary>Starts a rebalance unless one is under way, and ends it at once when all members have joined already.</summary>
    private void Rebalance()
    {
        if (State != GroupState.PreparingRebalance)
        {
            foreach (var member in _members.All)
                member.CompleteSync(SyncResult.Failed(ErrorCode.RebalanceInProgress));
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
            (State, ProtocolName, Leader) = (GroupState.Empty, null, "");
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

    private ErrorCode CheckMember(MemberIdentity identity, int generation, out GroupMember member)
    {
        var error = _members.Check(identity, out member);
        if (error != ErrorCode.None)
            return error;
        return generation == Generation ? ErrorCode.None : ErrorCode.IllegalGeneration;
    }

    private JoinResult Joined(GroupMember member) => new(ErrorCode.None, member.Id)
    {
        Generation = Generation,
        ProtocolType = ProtocolType,
        ProtocolName = ProtocolName,
        Leader = Leader,
        Members = member.Id == Leader
            ? [.. _members.All.Select(each => new JoinedMember(each.Id, each.InstanceId, each.Metadata(ProtocolName)))]
            : [],
    };

    private SyncResult Synced(GroupMember member) => new(ErrorCode.None, member.Assignment, ProtocolType, ProtocolName);

    private static Task<JoinResult> Refuse(ErrorCode error, string memberId) => Task.FromResult(new JoinResult(error, memberId));
}
