using EventSourcing.EventBackbone;
using EventSourcing.HttpIntake;
using EventSourcing.SensorIngest.Contracts;
using EventSourcing.SensorIngest.Intake;
using EventSourcing.SensorIngest.Options;
using Microsoft.Extensions.Options;

namespace EventSourcing.SensorIngest.Endpoints;

/// <summary><c>POST /readings</c> and <c>POST /assets</c>: for devices that have no MQTT.</summary>
internal sealed class EventEndpoint(SensorIntake intake, EventDecoder decoder, IOptions<HttpSourceOptions> options) : IDisposable
{
    private readonly SemaphoreSlim _room = new(options.Value.MaxRequests);

    /// <summary>Takes readings.</summary>
    public Task<IResult> PostReadingsAsync(HttpRequest request, CancellationToken stop) =>
        PostAsync(request, Routes.SensorReadings, EventTypes.SensorReading, decoder.DecodePlainReading, stop);

    /// <summary>Takes registrations.</summary>
    public Task<IResult> PostAssetsAsync(HttpRequest request, CancellationToken stop) =>
        PostAsync(request, Routes.Assets, EventTypes.AssetRegistered, decoder.DecodePlainAsset, stop);

    /// <inheritdoc/>
    public void Dispose() => _room.Dispose();

    private async Task<IResult> PostAsync(HttpRequest request, Route route, string type, PlainDecoder decodePlain, CancellationToken stop)
    {
        if (!await _room.WaitAsync(TimeSpan.Zero, stop))
            return new RefusalResult(Refusals.Busy(options.Value.RetryAfter));
        try
        {
            using var body = await RequestBody.ReadAsync(request, options.Value.MaxBodyBytes, budget: null, options.Value.RetryAfter, stop);
            if (body.Refusal is not null)
                return new RefusalResult(AsMalformed(body.Refusal));
            var bytes = body.Bytes.ToArray();               // events outlive their request: one may wait for its registration
            var (members, isBatch, unreadable) = HttpEvents.Read(request, bytes, type, decodePlain, options.Value.MaxBatchEvents);
            if (unreadable is not null)
                return new RefusalResult(unreadable);
            var receipts = members.Count == 0 ? [] : await TakeAsync(members, route, stop);
            return isBatch
                ? ReceiptResults.Batch([.. members.Select(static member => member.Id)], receipts, request.HttpContext.Response)
                : ReceiptResults.One(members[0].Id, receipts[0]);
        }
        finally
        {
            _room.Release();
        }
    }

    // Here half a body is no JSON, whatever broke it off.
    private static Rejection AsMalformed(Rejection refusal) =>
        refusal.Type is IntakeRefusals.BrokenBodyType or IntakeRefusals.SlowBodyType ? IntakeRefusals.MalformedJson(refusal.Detail) : refusal;

    private Task<Receipt[]> TakeAsync(IReadOnlyList<DecodeResult> members, Route route, CancellationToken stop)
    {
        var batch = new HttpBatch(members.Count);
        Receipt? refused = null;                                // from the first that is refused for now: none may overtake it
        for (var i = 0; i < members.Count; i++)
        {
            if (members[i].Event is not { } incoming)
                batch.At(i).Complete(Receipt.Rejected(route.Name, members[i].Rejection!));
            else if (refused is { } earlier)
                batch.At(i).Complete(earlier);
            else
                intake.Accept(incoming, batch.At(i), mayWait: false);
            refused ??= batch.RefusalAt(i);
        }

        var (timeout, retryAfter) = (options.Value.AnswerTimeout, options.Value.RetryAfter);
        return batch.WaitAsync(timeout, Receipt.Rejected(route.Name, Refusals.NoAnswer(timeout, retryAfter)), stop);
    }
}
