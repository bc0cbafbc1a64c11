using EventSourcing.LocalKafka.Groups;
using EventSourcing.LocalKafka.Protocol;

namespace EventSourcing.LocalKafka.Tests.Groups;

public sealed class StaticMemberTests : IDisposable
{
    private readonly TestGroup _test = new();

    public void Dispose() => _test.Dispose();

    [Fact]
    public async Task StaticMember_ThatComesBack_KeepsItsPlaceWithoutARebalance()
    {
        var (first, second) = await StableAsync();

        var again = await _test.Join("", instance: "b");

        Assert.Equal((ErrorCode.None, second.Generation), (again.Error, again.Generation));
        Assert.NotEqual(second.MemberId, again.MemberId);
        Assert.Equal(GroupState.Stable, _test.Group.State);
        Assert.Equal(ErrorCode.None, _test.Group.Heartbeat(new MemberIdentity(first.MemberId, "a"), first.Generation));
        Assert.Equal(ErrorCode.FencedInstanceId, _test.Group.Heartbeat(new MemberIdentity(second.MemberId, "b"), second.Generation));
    }

    [Fact]
    public async Task StaticLeader_ThatComesBack_IsNotAskedToAssignAgain()
    {
        var (first, _) = await StableAsync();

        var again = await _test.Join("", instance: "a");

        Assert.NotEqual(again.MemberId, again.Leader);
        Assert.Empty(again.Members);
        Assert.Equal(first.Generation, again.Generation);
        var synced = await _test.Group.SyncAsync(new SyncRequest(new MemberIdentity(again.MemberId, "a"), again.Generation, new Dictionary<string, byte[]>()));
        Assert.Equal(first.MemberId, System.Text.Encoding.ASCII.GetString(synced.Assignment));
    }

    [Fact]
    public async Task StaticMember_WithAnotherSubscription_StartsARebalance()
    {
        await StableAsync();

        var again = _test.Join("", instance: "b", metadata: "other topics");

        Assert.False(again.IsCompleted);
        Assert.Equal(GroupState.PreparingRebalance, _test.Group.State);
    }

    [Fact]
    public async Task StaticMember_IsRemovedByItsInstanceIdAlone()
    {
        await StableAsync();

        Assert.Equal(ErrorCode.None, _test.Group.Leave(new MemberIdentity("", "b")));
        Assert.Equal(ErrorCode.UnknownMemberId, _test.Group.Leave(new MemberIdentity("", "b")));
    }

    private async Task<(JoinResult First, JoinResult Second)> StableAsync()
    {
        var (joinFirst, joinSecond) = (_test.Join("", instance: "a"), _test.Join("", instance: "b"));
        _test.Pass(TestGroup.InitialDelay);
        var (first, second) = (await joinFirst, await joinSecond);
        await Task.WhenAll(_test.Sync(first, first.MemberId, second.MemberId), _test.Sync(second));
        return (first, second);
    }
}
