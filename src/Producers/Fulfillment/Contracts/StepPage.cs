namespace EventSourcing.Fulfillment.Contracts;

/// <summary>Committed steps, oldest first: each is an event that is on the topic or certain to come.</summary>
/// <param name="Source">CloudEvents <c>source</c> of all of them.</param>
/// <param name="Topic">The topic they go to.</param>
/// <param name="Last">The last number that is committed.</param>
/// <param name="Steps">The steps of this page.</param>
public sealed record StepPage(string Source, string Topic, long Last, IReadOnlyList<CommittedStep> Steps);

/// <summary>A committed step.</summary>
/// <param name="Sequence">Its number; the event's <c>sequence</c>.</param>
/// <param name="Id">CloudEvents <c>id</c>.</param>
/// <param name="InstanceId">The process instance: record key.</param>
public sealed record CommittedStep(long Sequence, Guid Id, string InstanceId);
