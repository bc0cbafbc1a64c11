using System.ComponentModel.DataAnnotations;

namespace EventSourcing.Fulfillment.Contracts;

/// <summary>A process instance took a step, or tried to.</summary>
/// <param name="InstanceId">The process instance: the id of the order it fulfils.</param>
/// <param name="Number">Counts the instance's events from 1 without gaps.</param>
/// <param name="Transaction">The part of the process: <c>order</c>, <c>warehouse</c>, <c>payment</c>.</param>
/// <param name="Step">The step: <c>reserve-stock</c>.</param>
/// <param name="Status"><c>success</c>, <c>waiting</c> (it will be tried again), <c>failure</c>.</param>
/// <param name="Attempt">Which attempt at the step this was, from 1.</param>
/// <param name="From">The instance's state before.</param>
/// <param name="To">Its state after.</param>
/// <param name="Ending">How the instance ends, as soon as that is certain: <c>completed</c>, <c>rejected</c>, <c>cancelled</c>, <c>timed-out</c>.</param>
public sealed record ProcessStep(
    [property: StringLength(64, MinimumLength = 1)] string InstanceId,
    int Number,
    string Transaction,
    string Step,
    string Status,
    int Attempt,
    string From,
    string To,
    string? Ending = null)
{
    /// <summary>CloudEvents <c>type</c>.</summary>
    public const string EventType = "io.eventsourcing.process.step.v1";
}
