namespace EventSourcing.Fulfillment.Contracts;

/// <summary>What the topic says of the processes, held against the model.</summary>
/// <param name="Events">Different events read.</param>
/// <param name="Copies">Events read again: delivered twice.</param>
/// <param name="Running">Instances that have not ended.</param>
/// <param name="Ended">Instances that have, by ending.</param>
/// <param name="JoinedLate">Instances whose first events the topic no longer has; they are judged from there on.</param>
/// <param name="LeftCount">Instances that left the model.</param>
/// <param name="Left">The first of them.</param>
public sealed record ConformanceReport(
    long Events, long Copies, int Running, IReadOnlyDictionary<string, long> Ended, long JoinedLate, long LeftCount, IReadOnlyList<Departure> Left);

/// <summary>Where an instance left the model.</summary>
/// <param name="InstanceId">The instance.</param>
/// <param name="Number">The number of the event.</param>
/// <param name="Reason">What was expected, and what came.</param>
public sealed record Departure(string InstanceId, int Number, string Reason);
