using System.Text;
using EventSourcing.LocalKafka.Groups;
using EventSourcing.LocalKafka.Protocol;

namespace EventSourcing.LocalKafka.Tests.Groups;

public sealed class ConsumerGroupTests : IDisposable
{
    private readonly TestGroup _test = new();

    public void Dispose() => _test.Dispose();

    [Fact]
    public async Task Members_WhoJoinWithinTheDelay_AreOneGeneration()
    {
        var first = _test.Join(await _test.MemberIdAsync());
        var second = _test.Join(await _test.MemberIdAsync());
        Assert.False(first.IsCompleted);

        _test.Pass(TestGroup.InitialDelay);
        var joined = await Task.WhenAll(first, second);

        Assert.All(joined, member => Assert.Equal((ErrorCode.None, 1, "range"), (member.Error, member.Generation, member.ProtocolName)));
        Assert.Equal(joined[0].MemberId, joined[1].Leader);
        Assert.Equal(2, joined[0].Members.Count);
        Assert.Empty(joined[1].Members);
    }

    [Fact]
    public async Task Assignments_OfTheLeader_ReachEveryMember()
    {
        var first = _test.Join(await _test.MemberIdAsync());
        var second = _test.Join(await _test.MemberIdAsync());
        _test.Pass(TestGroup.InitialDelay);
        var (leader, follower) = (await first, await second);

        var waiting = _test.Sync(follower);
        Assert.False(waiting.IsCompleted);
        var own = await _test.Sync(leader, leader.MemberId, follower.MemberId);

        Assert.Equal(leader.MemberId, Encoding.ASCII.GetString(own.Assignment));
        Assert.Equal(follower.MemberId, Encoding.ASCII.GetString((await waiting).Assignment));
        Assert.Equal(GroupState.Stable, _test.Group.State);
    }

    [Fact]
    public async Task NewMember_MakesTheOthersRejoin()
    {
        var before = await _test.StableAsync(2);

        var third = _test.Join(await _test.MemberIdAsync());
        Assert.All(before, member => Assert.Equal(ErrorCode.RebalanceInProgress, _test.Heartbeat(member)));
        var rejoined = await Task.WhenAll(before.Select(member => _test.Join(member.MemberId)).Append(third));

        Assert.All(rejoined, member => Assert.Equal(2, member.Generation));
        Assert.Equal(before[0].Leader, rejoined[0].Leader);
        Assert.Equal(ErrorCode.IllegalGeneration, _test.Heartbeat(before[0]));
    }

    [Fact]
    public async Task MemberThatLeaves_FreesItsPlaceAtOnce()
    {
        var before = await _test.StableAsync(2);

        Assert.Equal(ErrorCode.None, _test.Group.Leave(new MemberIdentity(before[1].MemberId, null)));
        var alone = await _test.Join(before[0].MemberId);

        Assert.Equal(2, alone.Generation);
        Assert.Equal(before[0].MemberId, Assert.Single(alone.Members).MemberId);
    }

    [Fact]
    public async Task LastMemberThatLeaves_EmptiesTheGroup()
    {
        var only = await _test.StableAsync(1);

        _test.Group.Leave(new MemberIdentity(only[0].MemberId, null));

        Assert.Equal(GroupState.Empty, _test.Group.State);
        Assert.Equal(ErrorCode.None, _test.Group.CheckCommit(new MemberIdentity("", null), -1));
    }

    [Fact]
    public async Task SilentMember_IsEvictedAfterItsSessionTimeout()
    {
        var before = await _test.StableAsync(2);

        _test.Pass(TestGroup.SessionTimeout / 2);
        _test.Heartbeat(before[0]);
        _test.Pass(TestGroup.SessionTimeout / 2);

        Assert.Equal(ErrorCode.RebalanceInProgress, _test.Heartbeat(before[0]));
        Assert.Equal(ErrorCode.UnknownMemberId, _test.Heartbeat(before[1]));
    }

    [Fact]
    public async Task MemberThatDoesNotRejoin_IsLeftBehindAfterTheRebalanceTimeout()
    {
        var before = await _test.StableAsync(2);
        var third = _test.Join(await _test.MemberIdAsync());
        var first = _test.Join(before[0].MemberId);

        for (var waited = TimeSpan.Zero; waited < TestGroup.RebalanceTimeout; waited += TestGroup.SessionTimeout / 2)
        {
            _test.Heartbeat(before[1]);
            _test.Pass(TestGroup.SessionTimeout / 2);
        }

        Assert.Equal(2, (await first).Generation);
        Assert.Equal(2, (await first).Members.Count);
        Assert.Equal(2, (await third).Generation);
    }

    [Fact]
    public async Task MemberThatNeverSyncs_IsRemovedAfterTheRebalanceTimeout()
    {
        var first = _test.Join(await _test.MemberIdAsync());
        var second = _test.Join(await _test.MemberIdAsync());
        _test.Pass(TestGroup.InitialDelay);
        var (leader, follower) = (await first, await second);
        var waiting = _test.Sync(follower);

        for (var waited = TimeSpan.Zero; waited < TestGroup.RebalanceTimeout; waited += TestGroup.SessionTimeout / 2)
        {
            _test.Heartbeat(leader);
            _test.Pass(TestGroup.SessionTimeout / 2);
        }

        Assert.Equal(ErrorCode.RebalanceInProgress, (await waiting).Error);
        Assert.Equal(ErrorCode.UnknownMemberId, _test.Heartbeat(leader));
        Assert.Equal(follower.MemberId, (await _test.Join(follower.MemberId)).Leader);
    }

    [Fact]
    public async Task AssignorsThatDoNotAgree_AreRefused()
    {
        await _test.StableAsync(1);

        var result = await _test.Join("", ["sticky"]);

        Assert.Equal(ErrorCode.InconsistentGroupProtocol, result.Error);
    }

    [Fact]
    public async Task Protocol_IsOneThatAllMembersOffer()
    {
        var first = _test.Join(await _test.MemberIdAsync("range"), ["sticky", "roundrobin", "range"]);
        var second = _test.Join(await _test.MemberIdAsync("range"), ["range", "roundrobin"]);
        _test.Pass(TestGroup.InitialDelay);

        Assert.Contains((await first).ProtocolName, new[] { "range", "roundrobin" });
        Assert.Equal((await first).ProtocolName, (await second).ProtocolName);
    }

    [Fact]
    public async Task UnknownMember_IsToldSo()
    {
        Assert.Equal(ErrorCode.UnknownMemberId, (await _test.Join("nobody")).Error);
        Assert.Equal(ErrorCode.UnknownMemberId, _test.Group.Leave(new MemberIdentity("nobody", null)));
        Assert.Equal(ErrorCode.UnknownMemberId, _test.Group.CheckCommit(new MemberIdentity("nobody", null), 1));
    }

    [Fact]
    public async Task GroupThatIsFull_TakesNoMore()
    {
        await _test.StableAsync(5);

        Assert.Equal(ErrorCode.GroupMaxSizeReached, (await _test.Join("")).Error);
    }

    [Fact]
    public async Task MemberIdThatIsNotUsed_DoesNotHoldUpTheGroup()
    {
        await _test.MemberIdAsync();
        var join = _test.Join(await _test.MemberIdAsync());

        _test.Pass(TestGroup.InitialDelay);

        Assert.Equal(1, (await join).Generation);
    }
}
