using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Aspire.Hosting.Dcp;

/// <summary>DCP's API: objects of kinds <c>services</c> and <c>executables</c>, their logs, and the shutdown of DCP itself.</summary>
internal sealed class DcpClient : IDisposable
{
    public const string ApiVersion = "usvc-dev.developer.microsoft.com/v1";
    private const string MergePatch = "application/merge-patch+json";
    private static readonly TimeSpan RequestTimeout = TimeSpan.FromSeconds(30);
    private readonly HttpClient _http;
    private readonly DcpCertificate _certificate;

    public DcpClient(KubeConfig config, DcpCertificate certificate)
    {
        _certificate = certificate;
        var handler = new SocketsHttpHandler { UseProxy = false, EnableMultipleHttp2Connections = true };
        handler.SslOptions.RemoteCertificateValidationCallback = (_, presented, _, _) => certificate.IsPresented(presented);
        _http = new HttpClient(handler)
        {
            BaseAddress = config.Server,
            Timeout = Timeout.InfiniteTimeSpan,
            DefaultRequestVersion = HttpVersion.Version20,
            DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", config.Token) },
        };
    }

    public async Task<bool> IsReadyAsync(CancellationToken stop)
    {
        try
        {
            using var response = await SendAsync(HttpMethod.Get, "/readyz", null, stop);
            return response.IsSuccessStatusCode;
        }
        catch (Exception e) when (e is HttpRequestException or TimeoutException)
        {
            return false;
        }
    }

    /// <exception cref="DistributedApplicationException">DCP refused the object.</exception>
    public async Task<JsonElement> CreateAsync(string kind, JsonObject body, CancellationToken stop)
    {
        using var response = await SendAsync(HttpMethod.Post, Path(kind), Json(body, "application/json"), stop);
        return await ReadAsync(response, $"create {kind}", stop);
    }

    public async Task<JsonElement> ListAsync(string kind, CancellationToken stop)
    {
        using var response = await SendAsync(HttpMethod.Get, Path(kind), null, stop);
        return await ReadAsync(response, $"list {kind}", stop);
    }

    public async Task<bool> ExistsAsync(string kind, string name, CancellationToken stop)
    {
        using var response = await SendAsync(HttpMethod.Get, $"{Path(kind)}/{name}", null, stop);
        return response.StatusCode != HttpStatusCode.NotFound;
    }

    public async Task PatchAsync(string kind, string name, JsonObject patch, CancellationToken stop)
    {
        using var response = await SendAsync(HttpMethod.Patch, $"{Path(kind)}/{name}", Json(patch, MergePatch), stop);
        await ReadAsync(response, $"change {kind}/{name}", stop);
    }

    public async Task DeleteAsync(string kind, string name, CancellationToken stop)
    {
        using var response = await SendAsync(HttpMethod.Delete, $"{Path(kind)}/{name}", null, stop);
        if (response.StatusCode != HttpStatusCode.NotFound)
            await ReadAsync(response, $"delete {kind}/{name}", stop);
    }

    /// <summary>Opens a stream of lines: a watch or a log.</summary>
    public async Task<StreamReader> OpenAsync(string path, CancellationToken stop)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, $"/apis/{ApiVersion}/{path}") { Version = HttpVersion.Version20 };
        var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, stop);
        response.EnsureSuccessStatusCode();
        return new StreamReader(await response.Content.ReadAsStreamAsync(stop), Encoding.UTF8);
    }

    /// <summary>Asks DCP for a state of its own shutdown, or tells the one it is in.</summary>
    public async Task<string> ExecutionAsync(string? wanted, CancellationToken stop)
    {
        var content = wanted is null ? null : Json(new JsonObject { ["status"] = wanted, ["shutdownResourceCleanup"] = "Full" }, MergePatch);
        using var response = await SendAsync(wanted is null ? HttpMethod.Get : HttpMethod.Patch, "/admin/execution", content, stop);
        var answer = await ReadAsync(response, "shut down", stop);
        return answer.GetProperty("status").GetString() ?? "";
    }

    public void Dispose()
    {
        _http.Dispose();
        _certificate.Dispose();
    }

    private static string Path(string kind) => $"/apis/{ApiVersion}/{kind}";

    /// <summary>DCP compares the media type as text: it may have no charset.</summary>
    private static StringContent Json(JsonObject body, string mediaType) => new(body.ToJsonString(), new MediaTypeHeaderValue(mediaType));

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, HttpContent? content, CancellationToken stop)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(stop);
        deadline.CancelAfter(RequestTimeout);
        using var request = new HttpRequestMessage(method, path) { Content = content, Version = HttpVersion.Version20 };
        try
        {
            return await _http.SendAsync(request, deadline.Token);
        }
        catch (OperationCanceledException e) when (!stop.IsCancellationRequested)
        {
            throw new TimeoutException($"The orchestrator did not answer {method} {path} within {RequestTimeout.TotalSeconds:0} s.", e);
        }
    }

    private static async Task<JsonElement> ReadAsync(HttpResponseMessage response, string what, CancellationToken stop)
    {
        var text = await response.Content.ReadAsStringAsync(stop);
        if (!response.IsSuccessStatusCode)
            throw new DistributedApplicationException($"The orchestrator refused to {what}: {(int)response.StatusCode} {text.Trim()}");
        using var document = JsonDocument.Parse(text);
        return document.RootElement.Clone();
    }
}
