using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using EventSourcing.MobileClient.Queue;

namespace EventSourcing.MobileClient.Sending;

/// <summary>Sends a batch once and says what came of it; whatever the network does is an outcome, not an exception.</summary>
internal sealed class BatchSender(HttpClient http, IDeviceTokenSource tokens, MobileClientOptions options, TimeProvider time)
{
    private const string MediaType = "application/cloudevents-batch+json";
    private bool _tokenWasRefused;

    /// <exception cref="OperationCanceledException"><paramref name="stop"/> was cancelled; the batch may have arrived.</exception>
    public async Task<SendOutcome> SendAsync(IReadOnlyList<QueuedEvent> batch, CancellationToken stop)
    {
        using var deadline = new CancellationTokenSource(options.RequestTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, stop);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, options.Endpoint) { Content = ContentOf(batch) };
            var token = await tokens.GetAsync(_tokenWasRefused, either.Token).ConfigureAwait(false);
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
            request.Headers.TryAddWithoutValidation("Sent-Time", time.GetUtcNow().ToString("O", CultureInfo.InvariantCulture));
            using var response = await http.SendAsync(request, either.Token).ConfigureAwait(false);
            _tokenWasRefused = response.StatusCode == HttpStatusCode.Unauthorized;
            return await ReadAsync(response, batch.Count, either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            return SendOutcome.Later($"no answer within {options.RequestTimeout}");
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException or JsonException)
        {
            return SendOutcome.Later(failure.Message);
        }
    }

    private async Task<SendOutcome> ReadAsync(HttpResponseMessage response, int count, CancellationToken stop)
    {
        var wait = RetryAfterOf(response);
        if (response.StatusCode == HttpStatusCode.OK)
        {
            var verdicts = await response.Content.ReadFromJsonAsync(VerdictJson.Default.SentVerdictArray, stop).ConfigureAwait(false);
            return verdicts?.Length == count
                ? SendOutcome.Answered(verdicts, wait)
                : SendOutcome.Later($"{verdicts?.Length ?? 0} verdicts for {count} events");
        }

        var reason = $"HTTP {(int)response.StatusCode}";
        return response.StatusCode is HttpStatusCode.BadRequest or HttpStatusCode.RequestEntityTooLarge or HttpStatusCode.UnprocessableEntity
            ? SendOutcome.Defective(reason)
            : SendOutcome.Later(reason, wait);                // 401, 403, 404, 415, ...: a fault of the set-up, not of the events
    }

    private TimeSpan? RetryAfterOf(HttpResponseMessage response) => response.Headers.RetryAfter switch
    {
        { Delta: { } delta } => delta,
        { Date: { } date } => date - time.GetUtcNow(),
        _ => null,
    };

    private static ByteArrayContent ContentOf(IReadOnlyList<QueuedEvent> batch)
    {
        var body = new byte[batch.Sum(static queued => queued.Json.Length) + batch.Count + 1];
        var position = 0;
        foreach (var queued in batch)
        {
            body[position++] = position == 1 ? (byte)'[' : (byte)',';
            queued.Json.CopyTo(body, position);
            position += queued.Json.Length;
        }

        body[position] = (byte)']';
        return new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue(MediaType) } };
    }
}
