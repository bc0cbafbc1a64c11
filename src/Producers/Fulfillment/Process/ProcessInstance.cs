namespace EventSourcing.Fulfillment.Process;

/// <summary>A process instance as the database holds it.</summary>
/// <param name="Id">The order's id.</param>
/// <param name="State">Where it is in the model.</param>
/// <param name="Ending">How it ends, when that is certain.</param>
/// <param name="Attempt">Attempts at the step that is due so far.</param>
/// <param name="Number">Events so far.</param>
/// <param name="DueAt">When it goes on.</param>
/// <param name="Deadline">When it is given up.</param>
/// <param name="IsCancelRequested">Its order was cancelled.</param>
/// <param name="TraceParent">The order's trace, when it is sampled.</param>
internal sealed record ProcessInstance(
    string Id, string State, string? Ending, int Attempt, int Number, DateTimeOffset DueAt, DateTimeOffset Deadline, bool IsCancelRequested, string? TraceParent);
