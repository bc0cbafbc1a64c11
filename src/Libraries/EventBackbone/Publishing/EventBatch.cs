using CloudNative.CloudEvents;

namespace EventSourcing.EventBackbone;

/// <summary>Events that complete together, each with its own receipt, in the order they were added. Not thread-safe; dispose after use.</summary>
public sealed class EventBatch : IDisposable
{
    /// <summary>Adds an event and hands it to the backbone at once; a bad event spoils only its own receipt.</summary>
    /// <param name="cloudEvent">The event.</param>
    /// <param name="possibleDuplicate">
    /// True when its sender says that it may be on the topic already: the record carries the header <c>redelivery: possible-duplicate</c>.
    /// </param>
    public void Add(CloudEvent cloudEvent, bool possibleDuplicate = false) => throw new NotImplementedException();

    /// <summary>Adds a receipt for an event that its caller has already refused, so that receipts stay in step with what came in.</summary>
    public void AddRejected(Rejection rejection) => throw new NotImplementedException();

    /// <summary>Completes when every event has its receipt. The memory is valid until the batch is disposed.</summary>
    /// <exception cref="OperationCanceledException"><paramref name="stop"/> was cancelled; events may still be stored later.</exception>
    public ValueTask<ReadOnlyMemory<Receipt>> CompleteAsync(CancellationToken stop = default) => throw new NotImplementedException();

    /// <summary>Gives the batch's memory back.</summary>
    public void Dispose() => throw new NotImplementedException();
}
