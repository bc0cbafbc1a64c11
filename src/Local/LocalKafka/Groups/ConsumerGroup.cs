using EventSourcing.LocalKafka.Protocol;

namespace EventSourcing.LocalKafka.Groups;

/// <summary>
/// One group of the classic protocol: Empty, PreparingRebalance (members join), CompletingRebalance (the leader assigns), Stable, Dead.
/// Every call takes the group's lock; joins and syncs wait as tasks that the state machine completes.
/// </summary>
internal sealed partial class ConsumerGroup : IDisposable
{
    private const string ConsumerProtocol = "consumer";

    private readonly Lock _gate = new();
    private readonly GroupSettings _settings;
    private readonly GroupClock _clock;
    private readonly GroupMembers _members = new();
    private DateTimeOffset _emptySince;
    private DateTimeOffset _phaseDeadline;
    private bool _isFirstJoin;

    public ConsumerGroup(string id, GroupSettings settings, TimeProvider time)
    {
        Id = id;
        _settings = settings;
        _clock = new GroupClock(time, OnTimer);
        _emptySince = _clock.Now;
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
}
