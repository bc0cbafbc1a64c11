using EventSourcing.EventBackbone;
using EventSourcing.SocialFeed.Streams;

namespace EventSourcing.SocialFeed.Tests.Streams;

public sealed class StreamWindowTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Cursor_MovesPastAGapFreePrefixOnly()
    {
        using var window = new StreamWindow(10);
        var first = await window.EnterAsync("1", Stop);
        var second = await window.EnterAsync("2", Stop);
        var third = await window.EnterAsync("3", Stop);

        window.Finish(second);
        window.Finish(third);
        Assert.Equal((null, 0), window.TakeFinished());
        window.Finish(first);

        Assert.Equal(("3", 3), window.TakeFinished());
        Assert.Equal((null, 0), window.TakeFinished());
    }

    [Fact]
    public async Task Room_IsMade_WhenTheCursorIsOnDisk_NotBefore()
    {
        using var window = new StreamWindow(1);
        window.Finish(await window.EnterAsync("1", Stop));

        var waiting = window.EnterAsync("2", Stop).AsTask();
        Assert.False(waiting.IsCompleted);
        Assert.False(window.IsEmpty);
        window.Release(window.TakeFinished().Count);

        Assert.Equal("2", (await waiting).Cursor);
    }

    [Fact]
    public async Task Event_RefusedForNow_IsNeverPassed()
    {
        using var window = new StreamWindow(10);
        var first = await window.EnterAsync("1", Stop);
        var second = await window.EnterAsync("2", Stop);
        var reason = Rejection.Overload("full", TimeSpan.FromSeconds(1));

        window.Fail(first, reason);
        window.Finish(second);

        Assert.Equal((reason, true, 0), (window.Failure, window.Failed.IsCancellationRequested, window.Outstanding));
        Assert.Equal((null, 0), window.TakeFinished());
    }
}
