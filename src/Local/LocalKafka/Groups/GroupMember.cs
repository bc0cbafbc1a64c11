using EventSourcing.LocalKafka.Protocol;

namespace EventSourcing.LocalKafka.Groups;

/// <summary>A member of a group. Guarded by the group's lock.</summary>
internal sealed class GroupMember(string id, JoinRequest request)
{
    private TaskCompletionSource<JoinResult>? _join;
    private TaskCompletionSource<SyncResult>? _sync;

    public string Id { get; } = id;

    public string? InstanceId { get; } = request.InstanceId;

    public string ClientId { get; } = request.ClientId;

    public string ClientHost { get; } = request.ClientHost;

    public TimeSpan SessionTimeout { get; private set; } = request.SessionTimeout;

    public TimeSpan RebalanceTimeout { get; private set; } = request.RebalanceTimeout;

    public IReadOnlyList<GroupProtocol> Protocols { get; private set; } = request.Protocols;

    public byte[] Assignment { get; set; } = [];

    /// <summary>When the member is given up unless it is heard of before.</summary>
    public DateTimeOffset SessionDeadline { get; private set; }

    public bool IsJoining => _join is not null;

    public bool IsSyncing => _sync is not null;

    /// <summary>Has sent SyncGroup in the current generation.</summary>
    public bool HasSynced { get; set; }

    public void Touch(DateTimeOffset now) => SessionDeadline = now + SessionTimeout;

    public void Update(JoinRequest request)
    {
        SessionTimeout = request.SessionTimeout;
        RebalanceTimeout = request.RebalanceTimeout;
        Protocols = request.Protocols;
    }

    public byte[] Metadata(string? protocol) => Protocols.FirstOrDefault(offered => offered.Name == protocol)?.Metadata ?? [];

    public bool Offers(IReadOnlyList<GroupProtocol> protocols) =>
        Protocols.Count == protocols.Count
        && Protocols.Zip(protocols).All(pair => pair.First.Name == pair.Second.Name && pair.First.Metadata.AsSpan().SequenceEqual(pair.Second.Metadata));

    /// <summary>A second join of the same member takes the place of the first, whose connection is lost in all likelihood.</summary>
    public Task<JoinResult> WaitForJoin()
    {
        CompleteJoin(new JoinResult(ErrorCode.RebalanceInProgress, Id));
        _join = new TaskCompletionSource<JoinResult>(TaskCreationOptions.RunContinuationsAsynchronously);
        return _join.Task;
    }

    public Task<SyncResult> WaitForSync()
    {
        CompleteSync(SyncResult.Failed(ErrorCode.RebalanceInProgress));
        _sync = new TaskCompletionSource<SyncResult>(TaskCreationOptions.RunContinuationsAsynchronously);
        return _sync.Task;
    }

    public void CompleteJoin(JoinResult result)
    {
        _join?.TrySetResult(result);
        _join = null;
    }

    public void CompleteSync(SyncResult result)
    {
        _sync?.TrySetResult(result);
        _sync = null;
    }

    /// <summary>Ends whatever the member waits for.</summary>
    public void Fail(ErrorCode error)
    {
        CompleteJoin(new JoinResult(error, Id));
        CompleteSync(SyncResult.Failed(error));
    }
}
