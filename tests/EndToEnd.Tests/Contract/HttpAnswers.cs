using System.Net;
using System.Text.Json;

namespace EventSourcing.EndToEnd.Tests.Contract;

/// <summary>HTTP in the words of the contract.</summary>
internal static class HttpAnswers
{
    /// <summary>Sends the request; a connection that breaks or does not come to be is an answer.</summary>
    /// <param name="http">The service.</param>
    /// <param name="request">The request.</param>
    /// <param name="stop">Ends the wait.</param>
    /// <param name="succeeded">Looks at an answer of success.</param>
    public static async Task<Answer> SendAsync(HttpClient http, HttpRequestMessage request, CancellationToken stop, Action<HttpResponseMessage>? succeeded = null)
    {
        try
        {
            using var response = await http.SendAsync(request, stop);
            if (response.IsSuccessStatusCode)
                succeeded?.Invoke(response);
            var body = await response.Content.ReadAsStringAsync(stop);
            return Read(response.StatusCode, body);
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException)
        {
            return Answer.Later(failure.Message);
        }
    }

    private static Answer Read(HttpStatusCode status, string body) => status switch
    {
        HttpStatusCode.OK when body.StartsWith('[') => Verdict(body),
        HttpStatusCode.OK or HttpStatusCode.Created or HttpStatusCode.Accepted or HttpStatusCode.NoContent => Answer.Accepted,
        HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError => Answer.Later($"{(int)status} {body}"),
        _ => Answer.Refused(Problem(body)),
    };

    // A batch of one: {"id","status",...,"type","retryAfter"}.
    private static Answer Verdict(string body)
    {
        using var document = JsonDocument.Parse(body);
        var verdict = document.RootElement[0];
        if (verdict.TryGetProperty("retryAfter", out var wait) && wait.ValueKind == JsonValueKind.Number)
            return Answer.Later(body);
        return verdict.GetProperty("status").GetString() == "rejected" ? Answer.Refused(verdict.GetProperty("type").GetString()) : Answer.Accepted;
    }

    private static string? Problem(string body)
    {
        using var document = JsonDocument.Parse(body);
        return document.RootElement.GetProperty("type").GetString();
    }
}
