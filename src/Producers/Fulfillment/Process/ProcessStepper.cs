using EventSourcing.Fulfillment.Contracts;
using EventSourcing.Fulfillment.Options;
using Microsoft.Extensions.Options;

namespace EventSourcing.Fulfillment.Process;

/// <summary>Takes an instance one step further. Decides only: what it returns is committed, state and event together.</summary>
internal sealed class ProcessStepper(SimulatedWorld world, IOptions<ProcessOptions> options)
{
    private const int MostDoublings = 6;

    /// <summary>The instance after its next step, and the event of it.</summary>
    public (ProcessInstance After, ProcessStep Step) Advance(ProcessInstance before, DateTimeOffset now)
    {
        if (ProcessModel.CanBeInterrupted(before.State))
        {
            if (before.IsCancelRequested)
                return Move(before, "order", ProcessModel.Cancel, ProcessModel.Success, ProcessModel.Cancelled, now);
            if (before.Deadline <= now)
                return Move(before, "order", ProcessModel.TimeOut, ProcessModel.Success, ProcessModel.TimedOut, now);
        }

        var (transaction, step) = ProcessModel.DueIn(before.State);
        var status = world.Try(before.Id, step, before.Attempt + 1);
        var canFail = ProcessModel.Next(before.State, step, ProcessModel.Failure) is not null;
        if (status == ProcessModel.Waiting && canFail && before.Attempt + 1 >= options.Value.MaxAttempts)
            status = ProcessModel.Failure;
        return Move(before, transaction, step, status, status == ProcessModel.Failure ? ProcessModel.Rejected : null, now);
    }

    private (ProcessInstance, ProcessStep) Move(ProcessInstance before, string transaction, string step, string status, string? ending, DateTimeOffset now)
    {
        var to = ProcessModel.Next(before.State, step, status)
            ?? throw new InvalidOperationException($"The model has no transition from {before.State} by {step} with {status}.");
        ending ??= before.Ending ?? (to == ProcessModel.Ended ? ProcessModel.Completed : null);
        var isWaiting = status == ProcessModel.Waiting;
        var delay = isWaiting ? options.Value.RetryDelay * Math.Pow(2, Math.Min(before.Attempt, MostDoublings)) : options.Value.StepDelay;
        var after = before with
        {
            State = to,
            Ending = ending,
            Attempt = isWaiting ? before.Attempt + 1 : 0,
            Number = before.Number + 1,
            DueAt = Earlier(now + delay, ProcessModel.CanBeInterrupted(to) && before.Deadline > now ? before.Deadline : DateTimeOffset.MaxValue),
        };
        return (after, new ProcessStep(before.Id, after.Number, transaction, step, status, before.Attempt + 1, before.State, to, ending));
    }

    private static DateTimeOffset Earlier(DateTimeOffset one, DateTimeOffset other) => one < other ? one : other;
}
