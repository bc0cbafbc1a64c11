using System.Net.Http.Headers;
using EventSourcing.SocialFeed.Options;

namespace EventSourcing.SocialFeed.Streams;

/// <summary>The HTTP side of one stream.</summary>
internal sealed class StreamClient(HttpClient http, StreamSourceOptions source, StreamOptions options)
{
    private static readonly TimeSpan AnswerTimeout = TimeSpan.FromSeconds(5);

    /// <summary>Opens the stream behind a cursor.</summary>
    /// <exception cref="HttpRequestException">There is no such stream, or nobody answers.</exception>
    /// <exception cref="TimeoutException">The answer did not come in time.</exception>
    public async Task<StreamConnection> OpenAsync(string? cursor, CancellationToken stop)
    {
        using var request = Request(HttpMethod.Get, source.Uri!);
        request.Headers.Accept.ParseAdd("text/event-stream");
        request.Headers.CacheControl = new CacheControlHeaderValue { NoCache = true };
        if (cursor is not null)
            request.Headers.TryAddWithoutValidation("Last-Event-ID", cursor);
        var response = await SendAsync(request, HttpCompletionOption.ResponseHeadersRead, stop);
        if (response.Content.Headers.ContentType?.MediaType != "text/event-stream")
        {
            response.Dispose();
            throw new HttpRequestException($"the answer is '{response.Content.Headers.ContentType}', not text/event-stream");
        }

        return new StreamConnection(response, await response.Content.ReadAsStreamAsync(stop), options);
    }

    /// <summary>True when the sender wants to know the cursor.</summary>
    public bool WantsReports => source.CommitUri is not null;

    /// <summary>Reports the stored cursor.</summary>
    /// <exception cref="HttpRequestException">Nobody answers, or with an error.</exception>
    /// <exception cref="TimeoutException">The answer did not come in time.</exception>
    public async Task ReportAsync(string? cursor, CancellationToken stop)
    {
        using var request = Request(HttpMethod.Post, source.CommitUri!);
        request.Content = JsonContent.Create(new CursorReport(cursor), StreamJson.Default.CursorReport);
        using var response = await SendAsync(request, HttpCompletionOption.ResponseContentRead, stop);
    }

    private HttpRequestMessage Request(HttpMethod method, Uri uri)
    {
        var request = new HttpRequestMessage(method, uri);
        if (!string.IsNullOrEmpty(source.Token))
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", source.Token);
        return request;
    }

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, HttpCompletionOption completion, CancellationToken stop)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
        limit.CancelAfter(AnswerTimeout);
        try
        {
            return (await http.SendAsync(request, completion, limit.Token)).EnsureSuccessStatusCode();
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            throw new TimeoutException($"no answer for {AnswerTimeout.TotalSeconds:0} s");
        }
    }
}
