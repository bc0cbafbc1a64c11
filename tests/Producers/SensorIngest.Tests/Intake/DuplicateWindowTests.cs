using EventSourcing.EventBackbone;
using EventSourcing.SensorIngest.Intake;

namespace EventSourcing.SensorIngest.Tests.Intake;

public sealed class DuplicateWindowTests
{
    private static readonly Receipt Stored = Receipt.Stored("t", 1, 2);

    [Fact]
    public void SecondDelivery_AfterTheReceipt_GetsTheSameReceipt()
    {
        var window = new DuplicateWindow(10);
        var (first, second) = (new Outcome(), new Outcome());
        Assert.True(window.TryBegin(("s", "1"), first, out _));
        window.Complete(("s", "1"), Stored);

        Assert.False(window.TryBegin(("s", "1"), second, out _));

        Assert.Equal(Stored, Assert.Single(second.Receipts));
    }

    [Fact]
    public void SecondDelivery_WhileTheFirstIsUnderWay_WaitsForItsReceipt()
    {
        var window = new DuplicateWindow(10);
        var second = new Outcome();
        window.TryBegin(("s", "1"), new Outcome(), out _);

        Assert.False(window.TryBegin(("s", "1"), second, out _));
        Assert.Empty(second.Receipts);
        window.Complete(("s", "1"), Stored);

        Assert.Equal(Stored, Assert.Single(second.Receipts));
    }

    [Fact]
    public void RefusedEvent_ComingAgain_IsNewAndUnmarked()
    {
        var window = new DuplicateWindow(10);
        window.TryBegin(("s", "1"), new Outcome(), out _);
        window.Complete(("s", "1"), Receipt.Rejected("t", Rejection.Overload("full", TimeSpan.FromSeconds(1))));

        Assert.True(window.TryBegin(("s", "1"), new Outcome(), out var possibleDuplicate));
        Assert.False(possibleDuplicate);
    }

    [Fact]
    public void EventWithUnknownOutcome_ComingAgain_IsNewAndMarked()
    {
        var window = new DuplicateWindow(10);
        window.TryBegin(("s", "1"), new Outcome(), out _);
        window.Complete(("s", "1"), Receipt.Rejected("t", Refusals.NoAnswer(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1))));

        Assert.True(window.TryBegin(("s", "1"), new Outcome(), out var possibleDuplicate));
        Assert.True(possibleDuplicate);
    }

    [Fact]
    public void EventWithUnknownOutcome_RefusedWhenItCameAgain_IsStillMarkedTheThirdTime()
    {
        var window = new DuplicateWindow(10);
        window.TryBegin(("s", "1"), new Outcome(), out _);
        window.Complete(("s", "1"), Receipt.Rejected("t", Refusals.NoAnswer(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1))));
        window.TryBegin(("s", "1"), new Outcome(), out _);
        window.Complete(("s", "1"), Receipt.Rejected("t", Rejection.Unavailable("away", TimeSpan.FromSeconds(1))));

        Assert.True(window.TryBegin(("s", "1"), new Outcome(), out var possibleDuplicate));
        Assert.True(possibleDuplicate);
    }

    [Fact]
    public void Window_BeyondItsCapacity_ForgetsTheOldestButNoneUnderWay()
    {
        var window = new DuplicateWindow(2);
        window.TryBegin(("s", "pending"), new Outcome(), out _);
        foreach (var id in new[] { "1", "2", "3" })
        {
            window.TryBegin(("s", id), new Outcome(), out _);
            window.Complete(("s", id), Stored);
        }

        Assert.False(window.TryBegin(("s", "pending"), new Outcome(), out _));
        Assert.True(window.TryBegin(("s", "1"), new Outcome(), out _));
        Assert.False(window.TryBegin(("s", "3"), new Outcome(), out _));
    }

    private sealed class Outcome : IIntakeOutcome
    {
        public List<Receipt> Receipts { get; } = [];

        public void Complete(Receipt receipt) => Receipts.Add(receipt);
    }
}
