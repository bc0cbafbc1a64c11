using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace EventSourcing.Shoppers.Shopping;

/// <summary>One attempt at a command, and what the service said.</summary>
internal sealed class OrdersClient(HttpClient http)
{
    /// <summary>Sends; every attempt at one command has the same key and the same bytes.</summary>
    public async Task<CommandReply> SendAsync(string path, byte[] body, string key, CancellationToken stop)
    {
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new ByteArrayContent(body) };
            request.Content.Headers.ContentType = new("application/json");
            request.Headers.Add("Idempotency-Key", $"\"{key}\"");
            using var response = await http.SendAsync(request, stop);
            return await ReadAsync(response, stop);
        }
        catch (HttpRequestException failure)
        {
            var neverSent = failure.HttpRequestError is HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError;
            return new CommandReply(ReplyKind.Later, MayBeDone: !neverSent, Reason: failure.Message);
        }
        catch (Exception failure) when (failure is OperationCanceledException or IOException or JsonException)
        {
            return new CommandReply(ReplyKind.Later, MayBeDone: true, Reason: failure.Message);
        }
    }

    private static async Task<CommandReply> ReadAsync(HttpResponseMessage response, CancellationToken stop)
    {
        if (response.IsSuccessStatusCode)
        {
            var answer = await response.Content.ReadFromJsonAsync(ContractJson.Default.CommandAnswer, stop);
            return answer is null ? new CommandReply(ReplyKind.Later, MayBeDone: true, Reason: "an empty answer") : new CommandReply(ReplyKind.Done, Answer: answer);
        }

        var text = await response.Content.ReadAsStringAsync(stop);
        var reason = $"HTTP {(int)response.StatusCode} {text}";
        return response.StatusCode switch
        {
            HttpStatusCode.TooManyRequests => new CommandReply(ReplyKind.Later, RetryAfter: response.Headers.RetryAfter?.Delta, Reason: reason),
            >= HttpStatusCode.InternalServerError => new CommandReply(
                ReplyKind.Later, MayBeDone: !IsNothingDone(text), RetryAfter: response.Headers.RetryAfter?.Delta, Reason: reason),
            _ => new CommandReply(ReplyKind.Refused, Reason: reason),
        };
    }

    // The service says so in so many words; any other failure may have come after the commit.
    private static bool IsNothingDone(string problem) =>
        problem.Contains("urn:eventsourcing:outbox-", StringComparison.Ordinal) || problem.Contains("urn:eventsourcing:database-unreachable", StringComparison.Ordinal);
}

/// <summary>What the service said.</summary>
/// <param name="Kind">The kind of answer.</param>
/// <param name="MayBeDone">True when the command may have been done although the answer does not say so.</param>
/// <param name="Answer">The answer to a command that was done.</param>
/// <param name="RetryAfter">When to try again, if the service said so.</param>
/// <param name="Reason">Why it was not done.</param>
internal sealed record CommandReply(ReplyKind Kind, bool MayBeDone = false, CommandAnswer? Answer = null, TimeSpan? RetryAfter = null, string Reason = "");

/// <summary>The kinds of answer.</summary>
internal enum ReplyKind
{
    /// <summary>Committed, its event is certain.</summary>
    Done,

    /// <summary>Never.</summary>
    Refused,

    /// <summary>Not now, or no answer: again, with the same key.</summary>
    Later,
}
