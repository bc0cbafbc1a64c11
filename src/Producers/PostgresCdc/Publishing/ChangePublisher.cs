using CloudNative.CloudEvents;
using EventSourcing.CloudEvents;
using EventSourcing.EventBackbone;
using EventSourcing.PostgresCdc.Telemetry;

namespace EventSourcing.PostgresCdc.Publishing;

/// <summary>
/// Publishes the changes of one capture session, at most a window of them without receipt. What the backbone refuses for now ends the session, and nothing follows it:
/// on its partition it would say that everything before it is there. What can never be published is parked as a dead letter, and the session goes on.
/// </summary>
internal sealed class ChangePublisher(
    EventPublisher publisher, Progress progress, Window window, Redelivery redelivery, PostgresCdcTelemetry telemetry, ILogger logger)
{
    private const int Overhead = 1_024;
    private const int LongestPayload = 1_000_000;

    private static readonly Uri Service = new("/services/postgres-cdc", UriKind.Relative);

    private readonly TaskCompletionSource<string> _failed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Ends with the reason when the backbone refuses.</summary>
    public Task<string> Failed => _failed.Task;

    /// <summary>The units that the position passes.</summary>
    public Progress Progress => progress;

    /// <summary>What may be on the topics already.</summary>
    public Redelivery Redelivery => redelivery;

    /// <summary>Publishes one event of a unit; waits while the window is full, and once the backbone has refused one until the session ends.</summary>
    /// <exception cref="OperationCanceledException">Stopped while it waited.</exception>
    public async ValueTask PublishAsync(Route route, CloudEvent cloudEvent, Unit unit, bool isMarked, CancellationToken stop, Rejection? poison = null)
    {
        var bytes = ((cloudEvent.Data as byte[])?.Length ?? 0) + Overhead;
        await window.EnterAsync(bytes, stop);
        if (Failed.IsCompleted)
        {
            window.Leave(bytes);
            await Task.Delay(Timeout.InfiniteTimeSpan, stop);
        }

        unit.Expect();
        var delivery = new Delivery(this, route, cloudEvent, unit, bytes, isMarked);
        if (poison is not null)
            Park(delivery, poison);
        else
            publisher.Publish(route, cloudEvent, delivery, static (receipt, own) => own.Publisher.Receipted(own, receipt), isMarked);
    }

    /// <summary>The unit has no further events.</summary>
    public void Close(Unit unit) => progress.Complete(unit);

    /// <summary>The unit has no further events; waits until each has its receipt.</summary>
    /// <exception cref="OperationCanceledException">Stopped while it waited.</exception>
    public async Task CloseAsync(Unit unit, CancellationToken stop)
    {
        unit.Done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        progress.Complete(unit);
        await unit.Done.Task.WaitAsync(stop);
    }

    /// <summary>Waits until nothing is outstanding.</summary>
    public Task WhenDrainedAsync() => window.WhenEmptyAsync();

    private void Receipted(in Delivery delivery, in Receipt receipt)
    {
        telemetry.Receipted(receipt);
        if (receipt.Rejection is { Kind: RejectionKind.Poison } poison)
            Park(delivery, poison);
        else
            Finish(delivery, receipt);
    }

    private void Park(in Delivery delivery, Rejection reason)
    {
        var payload = delivery.Event.GetDataBytes() ?? default;
        var kept = payload.Length <= LongestPayload ? reason : reason with { Detail = $"{reason.Detail} Kept are the first {LongestPayload} bytes." };
        var letter = new DeadLetter(
            $"{delivery.Event.Source}#{delivery.Event.Id}", kept, payload[..Math.Min(payload.Length, LongestPayload)], delivery.Event.DataContentType,
            delivery.Event.Subject);
        Log.Parked(logger, delivery.Route.Name, delivery.Event.Id!, reason.Detail);
        telemetry.Parked(delivery.Route.Name);
        publisher.Publish(DeadLetter.Route, letter.ToCloudEvent(Service), delivery, static (receipt, own) => own.Publisher.Buried(own, receipt), delivery.IsMarked);
    }

    private void Buried(in Delivery delivery, in Receipt receipt)
    {
        if (receipt.Rejection is { Kind: RejectionKind.Poison } refused)
        {
            Log.NotParked(logger, delivery.Route.Name, delivery.Event.Id!, refused.Detail);
            window.Leave(delivery.Bytes);
            progress.Complete(delivery.Unit);
            return;
        }

        Finish(delivery, receipt);
    }

    private void Finish(in Delivery delivery, in Receipt receipt)
    {
        window.Leave(delivery.Bytes);
        if (receipt.IsAccepted)
            progress.Complete(delivery.Unit);
        else
            _failed.TrySetResult($"the backbone refused {receipt.Topic}: {receipt.Rejection!.Detail}");
    }

    private readonly record struct Delivery(ChangePublisher Publisher, Route Route, CloudEvent Event, Unit Unit, int Bytes, bool IsMarked);
}
