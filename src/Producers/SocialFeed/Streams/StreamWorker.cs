using EventSourcing.SocialFeed.Options;
using Microsoft.Extensions.Options;

namespace EventSourcing.SocialFeed.Streams;

/// <summary>Reads every configured stream. A cursor that cannot be read or written ends the service: its orchestrator starts it again, the cursor decides.</summary>
internal sealed class StreamWorker(
    IOptions<StreamOptions> options, IHttpClientFactory http, StreamPosts posts, StreamHealth health, TimeProvider time, ILogger<StreamWorker> logger) : BackgroundService
{
    /// <summary>Name of the streams' HTTP client.</summary>
    public const string HttpClientName = "streams";

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (options.Value.Sources.Count == 0)
            return;
        var folder = Path.GetFullPath(options.Value.CursorDirectory, AppContext.BaseDirectory);
        Directory.CreateDirectory(folder);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        await Task.WhenAll(options.Value.Sources.Select(async own =>
        {
            try
            {
                await CreateReader(own.Key, own.Value, folder).RunAsync(end.Token);
            }
            catch
            {
                await end.CancelAsync(); // one that fails ends all, so that the failure is seen
                throw;
            }
        }));
    }

    private StreamReader CreateReader(string name, StreamSourceOptions source, string folder) => new(
        name, new StreamClient(http.CreateClient(HttpClientName), source, options.Value), new CursorFile(folder, name), posts, options.Value, health, time, logger);
}
