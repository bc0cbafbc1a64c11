using EventSourcing.CloudEvents.Http;
using EventSourcing.EventBackbone;
using EventSourcing.HttpIntake;
using EventSourcing.MobileBff.Options;
using EventSourcing.MobileBff.Telemetry;
using EventSourcing.MobileBff.Window;
using Microsoft.Extensions.Options;

namespace EventSourcing.MobileBff.Intake;

/// <summary>
/// Takes a batch: checks each event, recognises those that came before, publishes the others in their order and notes what each was told. It goes on when
/// the phone hangs up: what it has begun gets its receipt, and the phone, sending again, gets that one.
/// </summary>
internal sealed class BatchIntake(
    EventPublisher publisher, EventPreparation preparation, ReceiptWindow window, IOptions<MobileOptions> options, MobileBffTelemetry telemetry,
    ILogger<BatchIntake> logger)
{
    private const string Origin = "POST /events";
    private const string StructuredEvent = "application/cloudevents+json";
    private static readonly Uri Source = new("/mobile-bff", UriKind.Relative);

    /// <summary>A receipt for each member, in order.</summary>
    /// <param name="members">The members; their bytes must stay as they are until this is complete.</param>
    /// <param name="origin">Where they came from.</param>
    public async Task<TakenBatch> TakeAsync(IReadOnlyList<BatchMember> members, BatchOrigin origin)
    {
        using var letters = new DeadLetterBatch(publisher, Source, Origin);
        var events = new IncomingEvent[members.Count];
        for (var i = 0; i < events.Length; i++)
            events[i] = Read(members[i], origin, letters);

        var receipts = new Receipt[events.Length];
        try
        {
            await PublishAsync(events, receipts);
        }
        catch (WindowUnavailableException)
        {
            var refused = Receipt.Rejected(Routes.MobileEvents.Name, MobileRefusals.NoWindow(options.Value.RetryAfter));
            for (var i = 0; i < events.Length; i++)
                receipts[i] = events[i].Refusal is { } own ? Receipt.Rejected(Routes.MobileEvents.Name, own) : refused;
        }

        await BuryAsync(letters);
        telemetry.Count(receipts);
        return new TakenBatch([.. events.Select(static member => member.Id)], receipts);
    }

    private IncomingEvent Read(BatchMember member, BatchOrigin origin, DeadLetterBatch letters)
    {
        if (member.Event is not { } cloudEvent)
        {
            var unreadable = Rejection.Invalid(member.Error ?? "The member is no CloudEvent.");
            letters.Add(new DeadLetter(Origin, unreadable, member.Raw, JsonData.ContentType, origin.Installation));
            return IncomingEvent.Refused(BatchBody.TryReadId(member.Raw.Span), unreadable);
        }

        if (preparation.Prepare(cloudEvent, origin) is { } refusal)
        {
            letters.Add(new DeadLetter(Origin, refusal, member.Raw, StructuredEvent, origin.Installation));
            return IncomingEvent.Refused(cloudEvent.Id, refusal);
        }

        return new IncomingEvent(cloudEvent.Id, cloudEvent, null, EventKey.Of(origin.Installation, cloudEvent.Source!.OriginalString, cloudEvent.Id!));
    }

    private async Task PublishAsync(IncomingEvent[] events, Receipt[] receipts)
    {
        var first = FirstOfEach(events);
        EventKey[] keys = [.. first.Keys];
        var sightings = keys.Length == 0 ? [] : await window.BeginAsync(keys);
        var known = new Dictionary<EventKey, Sighting>(keys.Length);
        for (var i = 0; i < keys.Length; i++)
            known.Add(keys[i], sightings[i]);

        using var publication = new Publication(publisher, telemetry, events.Length);
        for (var i = 0; i < events.Length; i++)
            publication.Add(events[i], events[i].Event is null ? null : known[events[i].Key], isRepeat: events[i].Event is not null && first[events[i].Key] != i);
        var outcomes = await publication.CompleteAsync(receipts);
        for (var i = 0; i < events.Length; i++)
        {
            if (events[i].Event is not null)
                receipts[i] = receipts[first[events[i].Key]];    // one of two in the same batch
        }

        telemetry.Repeated(publication.Repeated);
        await NoteAsync(outcomes);
    }

    private async Task NoteAsync(List<Outcome> outcomes)
    {
        if (outcomes.Count == 0)
            return;
        try
        {
            await window.CompleteAsync(outcomes);
        }
        catch (WindowUnavailableException)
        {
            Log.ReceiptsNotNoted(logger, outcomes.Count);       // the receipts are true all the same
        }
    }

    private async Task BuryAsync(DeadLetterBatch letters)
    {
        var lost = await letters.CompleteAsync(CancellationToken.None);
        if (lost.Count == 0)
            return;
        telemetry.DeadLettersLost(lost.Count);
        Log.DeadLettersLost(logger, lost.Count, lost.Reason!.Type, lost.Reason.Detail);
    }

    private static Dictionary<EventKey, int> FirstOfEach(IncomingEvent[] events)
    {
        var first = new Dictionary<EventKey, int>(events.Length);
        for (var i = 0; i < events.Length; i++)
        {
            if (events[i].Event is not null)
                first.TryAdd(events[i].Key, i);
        }

        return first;
    }
}

/// <summary>What became of a batch.</summary>
/// <param name="Ids">Ids in order; null where one had none that could be read.</param>
/// <param name="Receipts">Receipts in the same order.</param>
internal sealed record TakenBatch(IReadOnlyList<string?> Ids, Receipt[] Receipts);
