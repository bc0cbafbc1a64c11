using EventSourcing.EventBackbone;
using EventSourcing.SensorIngest.Intake;

namespace EventSourcing.SensorIngest.Endpoints;

/// <summary>The receipts of one request's events: one task for all of them.</summary>
internal sealed class HttpBatch
{
    private readonly TaskCompletionSource _complete = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _gate = new();
    private readonly Receipt?[] _receipts;
    private int _missing;

    /// <summary>Expects <paramref name="count"/> receipts, at least one.</summary>
    public HttpBatch(int count) => (_receipts, _missing) = (new Receipt?[count], count);

    /// <summary>Who gets the receipt of the event at <paramref name="index"/>.</summary>
    public IIntakeOutcome At(int index) => new Place(this, index);

    /// <summary>
    /// The receipts, in order, when all are there or <paramref name="timeout"/> has passed; an event without one gets <paramref name="missing"/>.
    /// </summary>
    /// <exception cref="OperationCanceledException">The client has gone.</exception>
    public async Task<Receipt[]> WaitAsync(TimeSpan timeout, Receipt missing, CancellationToken stop)
    {
        try
        {
            await _complete.Task.WaitAsync(timeout, stop);
        }
        catch (TimeoutException)
        {
            // Each event says for itself that it has no receipt.
        }

        lock (_gate)
            return Array.ConvertAll(_receipts, receipt => receipt ?? missing);
    }

    /// <summary>The receipt of the event at <paramref name="index"/> when it is refused for now; null when it is not, or not yet.</summary>
    public Receipt? RefusalAt(int index)
    {
        lock (_gate)
            return _receipts[index] is { Rejection.Kind: not RejectionKind.Poison } refused ? refused : null;
    }

    private void Complete(int index, Receipt receipt)
    {
        lock (_gate)
        {
            _receipts[index] = receipt;
            if (--_missing > 0)
                return;
        }

        _complete.TrySetResult();
    }

    private sealed class Place(HttpBatch batch, int index) : IIntakeOutcome
    {
        public void Complete(Receipt receipt) => batch.Complete(index, receipt);
    }
}
