using System.Collections.Concurrent;
using EventSourcing.LocalKafka.Protocol;

namespace EventSourcing.LocalKafka.Groups;

/// <summary>All consumer groups and their committed offsets. Membership lives in memory, offsets on disk.</summary>
internal sealed partial class GroupCoordinator(GroupSettings settings, OffsetStore offsets, TimeProvider time) : IDisposable
{
    /// <summary>Above this number, groups that nobody is in are forgotten; their offsets stay.</summary>
    private const int SweepAbove = 1_000;

    /// <summary>Groups that somebody is in; more are refused, so that no client can make the broker hold any number of them.</summary>
    private const int MaxGroups = 10_000;

    private readonly ConcurrentDictionary<string, ConsumerGroup> _groups = new(StringComparer.Ordinal);

    public OffsetStore Offsets { get; } = offsets;

    public async Task<JoinResult> JoinAsync(string groupId, JoinRequest request)
    {
        if (groupId.Length == 0)
            return new JoinResult(ErrorCode.InvalidGroupId, request.MemberId);
        if (request.SessionTimeout < settings.MinSessionTimeout || request.SessionTimeout > settings.MaxSessionTimeout)
            return new JoinResult(ErrorCode.InvalidSessionTimeout, request.MemberId);
        if (request.MemberId.Length > 0 && Find(groupId) is null)
            return new JoinResult(ErrorCode.UnknownMemberId, request.MemberId);
        return FindOrAdd(groupId) is { } group
            ? await group.JoinAsync(request)
            : new JoinResult(ErrorCode.CoordinatorNotAvailable, request.MemberId);
    }

    public Task<SyncResult> SyncAsync(string groupId, SyncRequest request) =>
        Find(groupId)?.SyncAsync(request) ?? Task.FromResult(SyncResult.Failed(ErrorCode.UnknownMemberId));

    public ErrorCode Heartbeat(string groupId, MemberIdentity member, int generation) =>
        Find(groupId)?.Heartbeat(member, generation) ?? ErrorCode.UnknownMemberId;

    public ErrorCode Leave(string groupId, MemberIdentity member) => Find(groupId)?.Leave(member) ?? ErrorCode.UnknownMemberId;

    public ErrorCode CheckCommit(string groupId, MemberIdentity member, int generation)
    {
        if (Find(groupId) is { } group)
            return group.CheckCommit(member, generation);
        return generation < 0 ? ErrorCode.None : ErrorCode.IllegalGeneration;
    }

    /// <summary>As <see cref="CheckCommit"/> for offsets that are committed in a transaction.</summary>
    public ErrorCode CheckTransactionalCommit(string groupId, MemberIdentity member, int generation)
    {
        if (groupId.Length == 0)
            return ErrorCode.InvalidGroupId;
        if (Find(groupId) is { } group)
            return group.CheckTransactionalCommit(member, generation);
        return generation < 0 ? ErrorCode.None : ErrorCode.IllegalGeneration;
    }

    /// <summary>A group that only has offsets is shown as empty, one that is not known at all as dead, as Kafka does.</summary>
    public GroupDescription Describe(string groupId) =>
        Find(groupId)?.Describe() ?? (Offsets.HasGroup(groupId) ? GroupDescription.Empty(groupId) : GroupDescription.Dead(groupId));

    public List<GroupDescription> DescribeAll() => [.. _groups.Keys.Union(Offsets.Groups).Order(StringComparer.Ordinal).Select(Describe)];

    /// <summary>Deletes a group that nobody is in, with its offsets.</summary>
    public ErrorCode Delete(string groupId)
    {
        var group = Find(groupId);
        if (group is null && !Offsets.HasGroup(groupId))
            return ErrorCode.GroupIdNotFound;
        if (group is not null && !group.TryKill())
            return ErrorCode.NonEmptyGroup;
        Forget(groupId, group);
        Offsets.DeleteGroup(groupId);
        return ErrorCode.None;
    }

    public void Dispose()
    {
        foreach (var group in _groups.Values)
            group.Dispose();
    }

    private ConsumerGroup? Find(string groupId) => _groups.TryGetValue(groupId, out var group) && group.State != GroupState.Dead ? group : null;

    private ConsumerGroup? FindOrAdd(string groupId)
    {
        if (Find(groupId) is { } found)
            return found;
        if (_groups.Count > SweepAbove)
            Sweep();
        if (_groups.Count >= MaxGroups)
            return null;
        return _groups.AddOrUpdate(
            groupId,
            id => new ConsumerGroup(id, settings, time),
            (id, group) => group.State == GroupState.Dead ? new ConsumerGroup(id, settings, time) : group);
    }

    private void Forget(string groupId, ConsumerGroup? group)
    {
        if (group is null)
            return;
        _groups.TryRemove(KeyValuePair.Create(groupId, group));
        group.Dispose();
    }
}
