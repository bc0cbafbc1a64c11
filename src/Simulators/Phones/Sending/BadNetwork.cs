using System.Net.Http.Headers;
using EventSourcing.Phones.Options;
using EventSourcing.Phones.Telemetry;
using Microsoft.Extensions.Options;

namespace EventSourcing.Phones.Sending;

/// <summary>
/// What a phone's network does to requests: some are cut while the service works on them, some lose their answer, some arrive twice. Real
/// connections: a cut closes the socket, and the service may have done everything, a part, or nothing.
/// </summary>
internal sealed class BadNetwork(IOptions<PhonesOptions> options, PhonesTelemetry telemetry) : DelegatingHandler
{
    private const int LongestLifeMilliseconds = 8;

    private readonly Lock _gate = new();
    private readonly Random _chance = new(options.Value.Seed);

    /// <inheritdoc/>
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => Draw() switch
    {
        Mood.Cut => await CutAsync(request, cancellationToken),
        Mood.LoseAnswer => await LoseAnswerAsync(request, cancellationToken),
        Mood.Repeat => await RepeatAsync(request, cancellationToken),
        _ => await base.SendAsync(request, cancellationToken),
    };

    private async Task<HttpResponseMessage> CutAsync(HttpRequestMessage request, CancellationToken stop)
    {
        telemetry.Cut();
        using var cut = CancellationTokenSource.CreateLinkedTokenSource(stop);
        cut.CancelAfter(Next(LongestLifeMilliseconds));
        try
        {
            return await base.SendAsync(request, cut.Token);   // quicker than the cut
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            throw new HttpRequestException("The connection was cut.");
        }
    }

    private async Task<HttpResponseMessage> LoseAnswerAsync(HttpRequestMessage request, CancellationToken stop)
    {
        telemetry.Cut();
        using var lost = await base.SendAsync(request, stop);
        throw new HttpRequestException("The connection was cut before the answer was read.");
    }

    private async Task<HttpResponseMessage> RepeatAsync(HttpRequestMessage request, CancellationToken stop)
    {
        telemetry.Repeated();
        var first = await CloneAsync(request, stop);
        using (await base.SendAsync(first, stop))
            return await base.SendAsync(request, stop);
    }

    private static async Task<HttpRequestMessage> CloneAsync(HttpRequestMessage request, CancellationToken stop)
    {
        var clone = new HttpRequestMessage(request.Method, request.RequestUri) { Content = new ByteArrayContent(await request.Content!.ReadAsByteArrayAsync(stop)) };
        Copy(request.Headers, clone.Headers);
        Copy(request.Content.Headers, clone.Content.Headers);
        return clone;
    }

    private static void Copy(HttpHeaders from, HttpHeaders to)
    {
        foreach (var (name, values) in from)
            to.TryAddWithoutValidation(name, values);
    }

    private Mood Draw()
    {
        var (cutEvery, repeatEvery) = (options.Value.CutEvery, options.Value.RepeatEvery);
        if (cutEvery > 0 && Next(cutEvery) == 0)
            return Next(2) == 0 ? Mood.Cut : Mood.LoseAnswer;
        return repeatEvery > 0 && Next(repeatEvery) == 0 ? Mood.Repeat : Mood.Good;
    }

    private int Next(int below)
    {
        lock (_gate)
            return _chance.Next(below);
    }

    private enum Mood
    {
        Good,
        Cut,
        LoseAnswer,
        Repeat,
    }
}
