using EventSourcing.LocalKafka.Protocol;

namespace EventSourcing.LocalKafka.Groups;

/// <summary>The members of a group, in the order they came, with those that are static and the ids given out to clients about to join.</summary>
internal sealed class GroupMembers
{
    private readonly OrderedDictionary<string, GroupMember> _members = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _idsByInstance = new(StringComparer.Ordinal);

    public IEnumerable<GroupMember> All => _members.Values;

    public int Count => _members.Count;

    /// <summary>Member ids that clients were told to join with, and until when they may.</summary>
    public Dictionary<string, DateTimeOffset> Pending { get; } = new(StringComparer.Ordinal);

    public TimeSpan LongestRebalanceTimeout => _members.Values.Select(member => member.RebalanceTimeout).DefaultIfEmpty().Max();

    public GroupMember? Find(string id) => _members.GetValueOrDefault(id);

    public GroupMember? FindStatic(string instanceId) => _idsByInstance.TryGetValue(instanceId, out var id) ? _members[id] : null;

    public void Add(GroupMember member)
    {
        _members[member.Id] = member;
        if (member.InstanceId is { } instance)
            _idsByInstance[instance] = member.Id;
    }

    public void Remove(GroupMember member)
    {
        _members.Remove(member.Id);
        if (member.InstanceId is { } instance && _idsByInstance.GetValueOrDefault(instance) == member.Id)
            _idsByInstance.Remove(instance);
    }

    /// <summary>Finds the member a request speaks of, or why it may not speak.</summary>
    public ErrorCode Check(MemberIdentity identity, out GroupMember member)
    {
        member = null!;
        if (identity.InstanceId is { } instance)
        {
            if (FindStatic(instance) is not { } known)
                return ErrorCode.UnknownMemberId;
            member = known;
            return known.Id == identity.MemberId ? ErrorCode.None : ErrorCode.FencedInstanceId;
        }

        if (Find(identity.MemberId) is not { } found)
            return ErrorCode.UnknownMemberId;
        member = found;
        return ErrorCode.None;
    }

    /// <summary>Whether one of the protocols is among those of all members.</summary>
    public bool Share(IReadOnlyList<GroupProtocol> protocols) =>
        protocols.Count > 0 && (Count == 0 || protocols.Any(protocol => IsOfferedByAll(protocol.Name)));

    /// <summary>Each member votes for the first of its protocols that all members offer; the most votes win.</summary>
    public string SelectProtocol() =>
        _members.Values
            .Select(member => member.Protocols.First(protocol => IsOfferedByAll(protocol.Name)).Name)
            .GroupBy(name => name)
            .MaxBy(votes => votes.Count())!.Key;

    private bool IsOfferedByAll(string protocol) => _members.Values.All(member => member.Protocols.Any(offered => offered.Name == protocol));
}
