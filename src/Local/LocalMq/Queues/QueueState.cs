namespace EventSourcing.LocalMq.Queues;

/// <summary>A queue at one moment.</summary>
/// <param name="Name">Its address.</param>
/// <param name="Waiting">Messages that no consumer holds, count.</param>
/// <param name="Unsettled">Messages that consumers hold, count.</param>
/// <param name="Consumers">Links that receive from it, count.</param>
public sealed record QueueState(string Name, int Waiting, int Unsettled, int Consumers);
