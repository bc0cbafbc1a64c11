using System.Diagnostics;
using CloudNative.CloudEvents;
using EventSourcing.EventBackbone;
using EventSourcing.SensorIngest.Contracts;
using EventSourcing.SensorIngest.Registry;
using EventSourcing.SensorIngest.Telemetry;

namespace EventSourcing.SensorIngest.Intake;

/// <summary>
/// The one way in, whatever the protocol: recognise a second delivery, know the device, publish, tell the outcome. Never blocks and never
/// throws for an event's sake. A device's readings keep the order in which one caller hands them in.
/// </summary>
internal sealed class SensorIntake
{
    private readonly EventPublisher _publisher;
    private readonly EventEnricher _enricher;
    private readonly DuplicateWindow _duplicates;
    private readonly WaitingRoom _room;
    private readonly RegistrationsUnderWay _registrations;
    private readonly SensorIngestTelemetry _telemetry;
    private readonly TimeProvider _time;

    public SensorIntake(
        EventPublisher publisher, EventEnricher enricher, DuplicateWindow duplicates, DeviceRegistry registry, WaitingRoom room,
        RegistrationsUnderWay registrations, SensorIngestTelemetry telemetry, TimeProvider time)
    {
        (_publisher, _enricher, _duplicates, _room) = (publisher, enricher, duplicates, room);
        (_registrations, _telemetry, _time) = (registrations, telemetry, time);
        registry.Registered += Release;
    }

    /// <summary>Takes a valid event; <paramref name="outcome"/> gets its receipt.</summary>
    /// <param name="incoming">The event.</param>
    /// <param name="outcome">Who waits for the receipt.</param>
    /// <param name="mayWait">True lets a reading of an unknown device wait for its registration to arrive by another way; false asks only what is stored now.</param>
    public void Accept(IncomingEvent incoming, IIntakeOutcome outcome, bool mayWait)
    {
        if (!_duplicates.TryBegin(incoming.Identity, outcome, out var uncertain))
        {
            _telemetry.Duplicate();
            return;
        }

        if (uncertain)
            incoming = incoming with { PossibleDuplicate = true };

        if (incoming.Reading is null)
            Register(incoming, outcome);
        else if (_room.Enter(incoming.DeviceId, grace => Waiting(incoming, outcome, mayWait ? grace : TimeSpan.Zero), out var refused) is { } asset)
            Publish(Routes.SensorReadings, _enricher.Reading(incoming, asset), incoming, outcome);
        else if (refused)
            Complete(incoming, outcome, Receipt.Rejected(Routes.SensorReadings.Name, Refusals.WaitingRoomFull));
    }

    /// <summary>Refuses a reading whose device the registry is proven not to know.</summary>
    public void RefuseUnknown(WaitingReading reading) =>
        Complete(reading.Event, reading.Outcome, Receipt.Rejected(Routes.SensorReadings.Name, Refusals.UnknownDevice(reading.Event.DeviceId)));

    private void Register(IncomingEvent incoming, IIntakeOutcome outcome)
    {
        _registrations.Begin(incoming.DeviceId);
        Publish(Routes.Assets, _enricher.Asset(incoming), incoming, outcome);
    }

    private WaitingReading Waiting(IncomingEvent incoming, IIntakeOutcome outcome, TimeSpan grace) =>
        new(incoming, outcome, Activity.Current?.Context ?? default, _time.GetUtcNow(), grace);

    // Once one is refused for now, those behind it are refused with it: none may overtake it when it comes again.
    private void Release(string device)
    {
        Receipt? refused = null;
        _room.Release(device, (reading, asset) =>
        {
            if (refused is { } earlier)
            {
                Complete(reading.Event, reading.Outcome, earlier);
                return;
            }
            var watched = new WatchedOutcome(reading.Outcome);
            Publish(reading with { Outcome = watched }, asset);
            refused = watched.Refusal;
        });
    }

    // Runs on the registry's thread: the span the reading arrived in has ended there, so its context becomes the parent again.
    private void Publish(WaitingReading reading, AssetReference asset)
    {
        using var span = _telemetry.StartReleased(reading.Trace);
        Publish(Routes.SensorReadings, _enricher.Reading(reading.Event, asset), reading.Event, reading.Outcome);
    }

    private void Publish(Route route, CloudEvent cloudEvent, IncomingEvent incoming, IIntakeOutcome outcome) => _publisher.Publish(
        route,
        cloudEvent,
        (Intake: this, Incoming: incoming, Outcome: outcome),
        static (receipt, state) => state.Intake.Complete(state.Incoming, state.Outcome, receipt),
        incoming.PossibleDuplicate);

    private void Complete(IncomingEvent incoming, IIntakeOutcome outcome, Receipt receipt)
    {
        _telemetry.Receipted(receipt);
        _duplicates.Complete(incoming.Identity, receipt);
        outcome.Complete(receipt);
        if (incoming.Reading is null)
            EndRegistration(incoming.DeviceId, receipt.Rejection);
    }

    // What waits for a registration that is refused for now is refused with it: it may come again only after the registration.
    private void EndRegistration(string device, Rejection? rejection)
    {
        if (rejection is { Kind: not RejectionKind.Poison })
        {
            foreach (var reading in _room.Remove(device))
                Complete(reading.Event, reading.Outcome, Receipt.Rejected(Routes.SensorReadings.Name, Refusals.RegistrationRefused(device, rejection)));
        }

        _registrations.End(device);
    }
}
