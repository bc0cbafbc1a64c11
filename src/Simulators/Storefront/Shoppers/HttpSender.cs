using System.Net;
using System.Text.Json;
using EventSourcing.CloudEvents.Http;
using EventSourcing.Storefront.Events;

namespace EventSourcing.Storefront.Shoppers;

/// <summary>Batches through the HTTP collector.</summary>
internal sealed class HttpSender(HttpClient http) : IEventSender
{
    private static readonly Uri Events = new("/events", UriKind.Relative);
    private static readonly TimeSpan Reconnect = TimeSpan.FromSeconds(1);

    public async Task<SendAnswer[]> SendAsync(IReadOnlyList<NumberedEvent> events, CancellationToken stop)
    {
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, Events);
            request.SetCloudEvents([.. events.Select(numbered => numbered.Event)]);
            using var response = await http.SendAsync(request, stop);
            return await ReadAsync(response, events.Count, stop);
        }
        catch (HttpRequestException failure)
        {
            return All(events.Count, NeverSent(failure)
                ? new SendAnswer(SendStatus.Later, Reconnect, failure.Message)
                : new SendAnswer(SendStatus.Unanswered, default, failure.Message));
        }
        catch (Exception failure) when (failure is OperationCanceledException or IOException or JsonException)
        {
            return All(events.Count, new SendAnswer(SendStatus.Unanswered, default, failure.Message));
        }
    }

    public ValueTask DisposeAsync()
    {
        http.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>True when the request cannot have reached the service.</summary>
    public static bool NeverSent(HttpRequestException failure) =>
        failure.HttpRequestError is HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError;

    private static async Task<SendAnswer[]> ReadAsync(HttpResponseMessage response, int count, CancellationToken stop)
    {
        if (response.StatusCode == HttpStatusCode.OK)
        {
            var verdicts = await response.Content.ReadFromJsonAsync(VerdictJson.Default.CollectorVerdictArray, stop);
            return verdicts?.Length == count
                ? [.. verdicts.Select(verdict => verdict.ToAnswer())]
                : All(count, new SendAnswer(SendStatus.Unanswered, default, "The collector answered another number of verdicts."));
        }

        var reason = $"HTTP {(int)response.StatusCode}";
        return All(count, response.StatusCode switch
        {
            HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable =>
                new SendAnswer(SendStatus.Later, response.Headers.RetryAfter?.Delta ?? Reconnect, reason),
            >= HttpStatusCode.InternalServerError => new SendAnswer(SendStatus.Unanswered, default, reason),
            _ => new SendAnswer(SendStatus.Rejected, default, reason),
        });
    }

    private static SendAnswer[] All(int count, SendAnswer answer)
    {
        var answers = new SendAnswer[count];
        Array.Fill(answers, answer);
        return answers;
    }
}
