using EventSourcing.Fulfillment.Conformance;
using EventSourcing.Fulfillment.Contracts;
using Microsoft.Extensions.Logging.Abstractions;

namespace EventSourcing.Fulfillment.Tests.Conformance;

public sealed class ConformanceViewTests
{
    private readonly ConformanceView _view = new(NullLogger<ConformanceView>.Instance);

    [Fact]
    public void InstanceWithinTheModel_IsNotNamed_AndItsCopiesAreCounted()
    {
        Add(1, "receive-order", "success", "started", "received");
        Add(2, "reserve-stock", "failure", "received", "ended", "rejected");
        Add(1, "receive-order", "success", "started", "received");

        var report = _view.Report();

        Assert.Equal((2, 1, 0, 0), (report.Events, report.Copies, report.Running, report.LeftCount));
        Assert.Equal(1, report.Ended["rejected"]);
    }

    [Fact]
    public void MissingEvent_IsNamed()
    {
        Add(1, "receive-order", "success", "started", "received");
        Add(3, "take-payment", "success", "reserved", "paid");

        Assert.Equal(("o-1", 3, "event 2 is missing"), Left());
    }

    [Fact]
    public void TransitionThatTheModelLacks_IsNamed()
    {
        Add(1, "receive-order", "success", "started", "received");
        Add(2, "ship", "success", "received", "ended");

        Assert.Equal(("o-1", 2, "ship with success does not lead from received to ended"), Left());
    }

    [Fact]
    public void StepFromAnotherState_IsNamed()
    {
        Add(1, "receive-order", "success", "started", "received");
        Add(2, "take-payment", "success", "reserved", "paid");

        Assert.Equal(("o-1", 2, "take-payment begins in reserved; the instance was in received"), Left());
    }

    [Fact]
    public void StepAfterTheEnd_IsNamed()
    {
        Add(1, "receive-order", "success", "started", "received");
        Add(2, "reserve-stock", "failure", "received", "ended", "rejected");
        Add(3, "ship", "success", "packed", "ended");

        Assert.Equal(("o-1", 3, "ship after the end"), Left());
    }

    [Fact]
    public void InstanceWhoseBeginningIsGone_IsJudgedFromThereOn()
    {
        _view.Add(Step(4, "pack", "success", "paid", "packed"), isMarked: false, isWhole: false);
        _view.Add(Step(5, "pack", "success", "packed", "ended"), isMarked: false, isWhole: false);

        Assert.Equal(1, _view.Report().JoinedLate);
        Assert.Equal(("o-1", 5, "pack with success does not lead from packed to ended"), Left());
    }

    private void Add(int number, string step, string status, string from, string to, string? ending = null) =>
        _view.Add(Step(number, step, status, from, to, ending), isMarked: false, isWhole: true);

    private static ProcessStep Step(int number, string step, string status, string from, string to, string? ending = null) =>
        new("o-1", number, "order", step, status, 1, from, to, ending);

    private (string, int, string) Left()
    {
        var departure = Assert.Single(_view.Report().Left);
        return (departure.InstanceId, departure.Number, departure.Reason);
    }
}
