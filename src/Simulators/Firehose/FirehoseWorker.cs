using EventSourcing.Firehose.Options;
using EventSourcing.Firehose.Posts;
using EventSourcing.Firehose.Sending;
using EventSourcing.Firehose.Streaming;
using EventSourcing.Firehose.Telemetry;
using EventSourcing.Receipts;
using EventSourcing.Simulation;
using Microsoft.Extensions.Options;

namespace EventSourcing.Firehose;

/// <summary>
/// Runs the networks until they are stopped or their count is done, then ends the program. A stop begins before the web server's, so that the reader of the
/// stream can still say what it has; the receipts' last report follows when everything has ended.
/// </summary>
internal sealed class FirehoseWorker(
    IOptions<FirehoseOptions> options, IHttpClientFactory http, ReceiptBook book, PostStream stream, RunId run, FirehoseTelemetry telemetry, TimeProvider time,
    IHostApplicationLifetime lifetime, ILogger<FirehoseWorker> logger) : BackgroundService, IHostedLifecycleService
{
    /// <summary>Name of the networks' HTTP client.</summary>
    public const string HttpClientName = "social-feed";

    private readonly CancellationTokenSource _end = new();
    private readonly CancellationTokenSource _giveUp = new();

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Posts nothing new, and waits for outstanding answers for <see cref="FirehoseOptions.DrainTimeout"/>.</summary>
    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        _giveUp.CancelAfter(options.Value.DrainTimeout);
        await _end.CancelAsync();
        await (ExecuteTask ?? Task.CompletedTask).WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override void Dispose()
    {
        _end.Dispose();
        _giveUp.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var own = options.Value;
        Log.Starting(logger, own.Networks, run.Value, own.PostsPerSecond, own.StreamPostsPerSecond);
        var (quota, pace, signer) = (new Quota(own.Count), new Pace(own.PostsPerSecond, time), new WebhookSigner(own.Key));
        var networks = Enumerable.Range(1, own.Networks).Select(number => CreateNetwork(number, quota, pace, signer).RunAsync(_end.Token, _giveUp.Token));
        await Task.WhenAll(networks.Append(WaitForStreamAsync()));
        await stream.EndAsync(_giveUp.Token);
        Log.Ended(logger, book.Totals.ToString());
        lifetime.StopApplication();
    }

    private async Task WaitForStreamAsync()
    {
        using var poll = new PeriodicTimer(TimeSpan.FromMilliseconds(50), time);
        try
        {
            while (!stream.IsDone)
                await poll.WaitForNextTickAsync(_end.Token);
        }
        catch (OperationCanceledException)
        {
            // The run ends before the stream does.
        }
    }

    private SocialNetwork CreateNetwork(int number, Quota quota, Pace pace, WebhookSigner signer)
    {
        var source = $"/firehose/{run.Value}/http/{number}";
        return new SocialNetwork(
            $"network {number}", new PostGenerator(options.Value, number, isStream: false), new PostRequests(options.Value.Webhook, source, signer, time),
            http.CreateClient(HttpClientName), book.For(source, options.Value.Topic), quota, pace, options.Value, telemetry, time, logger);
    }
}
