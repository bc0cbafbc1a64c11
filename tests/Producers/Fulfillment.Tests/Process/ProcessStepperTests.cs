using EventSourcing.Fulfillment.Contracts;
using EventSourcing.Fulfillment.Options;
using EventSourcing.Fulfillment.Process;

namespace EventSourcing.Fulfillment.Tests.Process;

public sealed class ProcessStepperTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void UndisturbedInstance_TakesEveryStep_AndCompletes() => Assert.Equal(
        ["receive-order", "reserve-stock", "take-payment", "pack", "ship"], Run(new WorldOptions { TransientPercent = 0, OutOfStockPercent = 0, PaymentDeclinedPercent = 0, StuckPercent = 0 }, out var last).Select(step => step.Step)
            .Where(_ => last.Ending == ProcessModel.Completed));

    [Fact]
    public void DeclinedPayment_ReleasesTheStock()
    {
        var steps = Run(new WorldOptions { TransientPercent = 0, OutOfStockPercent = 0, PaymentDeclinedPercent = 100, StuckPercent = 0 }, out var last);

        Assert.Equal(["receive-order", "reserve-stock", "take-payment", "release-stock"], steps.Select(step => step.Step));
        Assert.Equal((ProcessModel.Failure, ProcessModel.Rejected), (steps[2].Status, last.Ending));
    }

    [Fact]
    public void TransientFailures_AreTriedAgain_LaterEachTime()
    {
        var steps = Run(new WorldOptions { TransientPercent = 100, OutOfStockPercent = 0, PaymentDeclinedPercent = 0, StuckPercent = 0 }, out var last);

        Assert.Equal(["waiting", "waiting", "success"], steps.Where(step => step.Step == "take-payment").Select(step => step.Status));
        Assert.Equal([1, 2, 3], steps.Where(step => step.Step == "take-payment").Select(step => step.Attempt));
        Assert.Equal(ProcessModel.Completed, last.Ending);
    }

    [Theory]
    [InlineData(1, "cancel-order")]
    [InlineData(2, "cancel-order,release-stock")]
    [InlineData(3, "cancel-order,refund-payment,release-stock")]
    [InlineData(4, "cancel-order,refund-payment,release-stock")]
    public void CancelledAfterAnyStep_EverythingDoneIsUndone(int after, string undone)
    {
        var steps = Run(new WorldOptions { TransientPercent = 0, OutOfStockPercent = 0, PaymentDeclinedPercent = 0, StuckPercent = 0 }, out var last, cancelAfter: after);

        Assert.Equal(undone, string.Join(',', steps.Skip(after).Select(step => step.Step)));
        Assert.Equal(ProcessModel.Cancelled, last.Ending);
    }

    [Fact]
    public void StuckInstance_TimesOut_AndIsUndone()
    {
        var steps = Run(new WorldOptions { TransientPercent = 0, OutOfStockPercent = 0, PaymentDeclinedPercent = 0, StuckPercent = 100 }, out var last);

        Assert.Equal(["time-out", "refund-payment", "release-stock"], steps.TakeLast(3).Select(step => step.Step));
        Assert.Equal(ProcessModel.TimedOut, last.Ending);
        Assert.Equal(last.Deadline, Start + TimeSpan.FromSeconds(30));
    }

    private static List<ProcessStep> Run(WorldOptions world, out ProcessInstance instance, int? cancelAfter = null)
    {
        var stepper = new ProcessStepper(
            new SimulatedWorld(Microsoft.Extensions.Options.Options.Create(world)), Microsoft.Extensions.Options.Options.Create(new ProcessOptions()));
        instance = new ProcessInstance("o-1", ProcessModel.Started, null, 0, 0, Start, Start + TimeSpan.FromSeconds(30), false, null);
        var steps = new List<ProcessStep>();
        while (instance.State != ProcessModel.Ended)
        {
            if (steps.Count == cancelAfter)
                instance = instance with { IsCancelRequested = true };
            (instance, var step) = stepper.Advance(instance, instance.DueAt);
            steps.Add(step);
        }

        Assert.Equal(Enumerable.Range(1, steps.Count), steps.Select(step => step.Number));
        Assert.All(steps.Zip(steps.Skip(1)), pair => Assert.Equal(pair.First.To, pair.Second.From));
        return steps;
    }
}
