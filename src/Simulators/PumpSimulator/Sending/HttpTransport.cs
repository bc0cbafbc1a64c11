using System.Text.Json;
using CloudNative.CloudEvents;
using EventSourcing.CloudEvents.Http;
using EventSourcing.PumpSimulator.Events;
using EventSourcing.PumpSimulator.Options;

namespace EventSourcing.PumpSimulator.Sending;

/// <summary>CloudEvents over HTTP to SensorIngest: one message in binary mode, several as a batch with a verdict each.</summary>
internal sealed class HttpTransport(HttpClient client, HttpWayOptions options, Tracing tracing) : IPumpTransport
{
    /// <summary>Name of the HTTP client: one without retries of its own, since a retry must say what it is.</summary>
    public const string ClientName = "sensor-ingest";

    /// <inheritdoc/>
    public int Window => options.BatchEvents;

    /// <inheritdoc/>
    public bool IsDirect => false;

    /// <inheritdoc/>
    public async Task<Answer[]> SendAsync(IReadOnlyList<PumpMessage> messages, CancellationToken giveUp)
    {
        var path = messages[0].Kind == PumpEventKind.Reading ? "/readings" : "/assets";
        using var span = tracing.StartSend(path, "http", path) ?? Tracing.StartUnsampled();
        try
        {
            using var request = Build(messages, path);
            using var response = await client.SendAsync(request, giveUp);
            return HttpAnswers.Read(response, await response.Content.ReadAsByteArrayAsync(giveUp), messages.Count);
        }
        catch (HttpRequestException failed)
        {
            var notSent = failed.HttpRequestError is HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError;
            return HttpAnswers.All(messages.Count, new Answer(notSent ? AnswerKind.NotTaken : AnswerKind.Unknown, failed.Message));
        }
        catch (Exception failed) when (failed is JsonException || (failed is OperationCanceledException && !giveUp.IsCancellationRequested))
        {
            return HttpAnswers.All(messages.Count, new Answer(AnswerKind.Unknown, failed.Message));
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        client.Dispose();
        return ValueTask.CompletedTask;
    }

    private HttpRequestMessage Build(IReadOnlyList<PumpMessage> messages, string path)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri(options.Address, path));
        if (messages.Count == 1)
            request.SetCloudEvent(messages[0].Event, ContentMode.Binary);
        else
            request.SetCloudEvents([.. messages.Select(static message => message.Event)]);
        if (messages.Any(static message => message.MayHaveBeenSent))
            request.Headers.Add("redelivery", "possible-duplicate");
        return request;
    }
}
