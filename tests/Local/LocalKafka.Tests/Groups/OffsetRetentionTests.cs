using System.Text;
using EventSourcing.LocalKafka.Groups;
using EventSourcing.LocalKafka.Protocol;
using EventSourcing.LocalKafka.Storage;
using EventSourcing.TestKit;
using Microsoft.Extensions.Time.Testing;

namespace EventSourcing.LocalKafka.Tests.Groups;

/// <summary>Kafka's rules of <c>offsets.retention.minutes</c>, on a clock that the test moves.</summary>
public sealed class OffsetRetentionTests : IDisposable
{
    private static readonly TimeSpan Retention = TimeSpan.FromDays(7);
    private static readonly TopicPartition Read = new("read", 0);
    private static readonly TopicPartition Dropped = new("dropped", 0);

    private readonly TempFolder _folder = new("offset-retention");
    private readonly FakeTimeProvider _time = new();
    private readonly OffsetStore _offsets;
    private readonly GroupCoordinator _groups;

    public OffsetRetentionTests()
    {
        _offsets = new OffsetStore(_folder.File("offsets"), toDisk: false, _time);
        _groups = new GroupCoordinator(new GroupSettings(TimeSpan.Zero, TimeSpan.FromSeconds(1), TimeSpan.FromDays(30), MaxSize: 5), _offsets, _time);
    }

    public void Dispose()
    {
        _groups.Dispose();
        _offsets.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void ConsumerWithoutGroup_LosesAnOffset_WhenTheLastCommitIsTooOld()
    {
        Commit(Read);
        _time.Advance(Retention / 2);
        Commit(Dropped);

        Pass(Retention / 2);

        Assert.Equal([Dropped], Committed());
    }

    [Fact]
    public async Task EmptyGroup_LosesItsOffsets_CountedFromTheLastMemberThatLeft()
    {
        var member = await JoinAsync();
        Commit(Read);
        Pass(Retention * 2);
        Assert.Equal([Read], Committed());

        _groups.Leave("g", new MemberIdentity(member.MemberId, null));
        Pass(Retention - TimeSpan.FromMinutes(1));
        Assert.Equal([Read], Committed());
        Pass(TimeSpan.FromMinutes(1));

        Assert.Empty(Committed());
        Assert.Equal(GroupState.Dead, _groups.Describe("g").State);
    }

    [Fact]
    public async Task StableGroup_LosesOffsetsOfTopicsThatNobodySubscribesTo()
    {
        await JoinAsync();
        Commit(Read, Dropped);

        Pass(Retention);

        Assert.Equal([Read], Committed());
    }

    [Fact]
    public async Task StableGroup_WithAMemberThatDoesNotSayWhatItReads_KeepsEverything()
    {
        await JoinAsync([1]);
        Commit(Read, Dropped);

        Pass(Retention);

        Assert.Equal([Read, Dropped], Committed());
    }

    [Fact]
    public void Restart_LetsTheTimeBeginAnew()
    {
        Commit(Read);
        _time.Advance(Retention);
        _offsets.Dispose();
        using var offsets = new OffsetStore(_folder.File("offsets"), toDisk: false, _time);
        using var groups = new GroupCoordinator(new GroupSettings(TimeSpan.Zero, TimeSpan.Zero, TimeSpan.Zero, MaxSize: 5), offsets, _time);

        groups.DeleteExpired(_time.GetUtcNow() - Retention);

        Assert.True(offsets.HasGroup("g"));
    }

    private void Commit(params TopicPartition[] partitions) =>
        _offsets.Write([.. partitions.Select(partition => new OffsetEntry("g", partition, new CommittedOffset(1, 0, "")))]);

    private TopicPartition[] Committed() => [.. _offsets.FindAll("g").Select(committed => committed.Key)];

    private void Pass(TimeSpan time)
    {
        _time.Advance(time);
        _groups.DeleteExpired(_time.GetUtcNow() - Retention);
    }

    /// <summary>A member whose session outlasts the test and which subscribes to <see cref="Read"/> unless its metadata is given.</summary>
    private async Task<JoinResult> JoinAsync(byte[]? metadata = null)
    {
        var joining = _groups.JoinAsync("g", new JoinRequest
        {
            MemberId = "",
            ClientId = "client",
            ClientHost = "/127.0.0.1",
            SessionTimeout = TimeSpan.FromDays(30),
            RebalanceTimeout = TimeSpan.FromMinutes(1),
            ProtocolType = "consumer",
            Protocols = [new GroupProtocol("range", metadata ?? Subscription(Read.Topic))],
        });
        _time.Advance(TimeSpan.FromMilliseconds(5));
        var joined = await joining;
        var synced = await _groups.SyncAsync("g", new SyncRequest(new MemberIdentity(joined.MemberId, null), joined.Generation, new Dictionary<string, byte[]>()));
        Assert.Equal((ErrorCode.None, ErrorCode.None), (joined.Error, synced.Error));
        return joined;
    }

    /// <summary>Version 0 of the consumer protocol: version, one topic, no user data.</summary>
    private static byte[] Subscription(string topic) => [0, 0, 0, 0, 0, 1, 0, (byte)topic.Length, .. Encoding.ASCII.GetBytes(topic), 255, 255, 255, 255];
}
