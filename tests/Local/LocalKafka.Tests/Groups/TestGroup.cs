using EventSourcing.LocalKafka.Groups;
using EventSourcing.LocalKafka.Protocol;
using Microsoft.Extensions.Time.Testing;

namespace EventSourcing.LocalKafka.Tests.Groups;

/// <summary>A group under a clock that the test moves, and clients that take part in it.</summary>
internal sealed class TestGroup : IDisposable
{
    public static readonly TimeSpan InitialDelay = TimeSpan.FromMilliseconds(100);
    public static readonly TimeSpan SessionTimeout = TimeSpan.FromSeconds(10);
    public static readonly TimeSpan RebalanceTimeout = TimeSpan.FromSeconds(60);

    public TestGroup() =>
        Group = new ConsumerGroup("g", new GroupSettings(InitialDelay, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(30), MaxSize: 5), Clock);

    public FakeTimeProvider Clock { get; } = new();

    public ConsumerGroup Group { get; }

    public void Dispose() => Group.Dispose();

    /// <summary>Gets a member id as a client of today does, without joining yet.</summary>
    public async Task<string> MemberIdAsync(params string[] protocols)
    {
        var told = await Join("", protocols);
        Assert.Equal(ErrorCode.MemberIdRequired, told.Error);
        return told.MemberId;
    }

    public Task<JoinResult> Join(string memberId, string[]? protocols = null, string? instance = null, string metadata = "topics") => Group.JoinAsync(new JoinRequest
    {
        MemberId = memberId,
        InstanceId = instance,
        ClientId = "client",
        ClientHost = "/127.0.0.1",
        SessionTimeout = SessionTimeout,
        RebalanceTimeout = RebalanceTimeout,
        ProtocolType = "consumer",
        Protocols = [.. (protocols is { Length: > 0 } ? protocols : ["range"]).Select(name => new GroupProtocol(name, System.Text.Encoding.ASCII.GetBytes(metadata)))],
        CanBeToldMemberId = true,
    });

    public Task<SyncResult> Sync(JoinResult joined, params string[] assignedTo) => Group.SyncAsync(new SyncRequest(
        new MemberIdentity(joined.MemberId, null), joined.Generation, assignedTo.ToDictionary(id => id, System.Text.Encoding.ASCII.GetBytes)));

    public ErrorCode Heartbeat(JoinResult joined) => Group.Heartbeat(new MemberIdentity(joined.MemberId, null), joined.Generation);

    /// <summary>Moves the clock a little beyond <paramref name="time"/>.</summary>
    public void Pass(TimeSpan time) => Clock.Advance(time + TimeSpan.FromMilliseconds(5));

    /// <summary>Lets so many clients join together and the first of them assign; returns what each was answered.</summary>
    public async Task<JoinResult[]> StableAsync(int members)
    {
        var ids = new List<string>();
        for (var i = 0; i < members; i++)
            ids.Add(await MemberIdAsync());
        var joins = ids.ConvertAll(id => Join(id));
        Pass(InitialDelay);
        var joined = await Task.WhenAll(joins);
        var leader = joined.Single(member => member.MemberId == member.Leader);
        await Task.WhenAll(joined.Select(member => Sync(member, member == leader ? [.. ids] : [])));
        return joined;
    }
}
