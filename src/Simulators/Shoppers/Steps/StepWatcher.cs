using System.Net.Http.Json;
using System.Text.Json;
using EventSourcing.Receipts;
using EventSourcing.Shoppers.Options;
using EventSourcing.Shoppers.Shopping;
using Microsoft.Extensions.Options;

namespace EventSourcing.Shoppers.Steps;

/// <summary>
/// Asks the fulfillment service which steps it has committed since this program started, and books each as promised: the ledger must find it on the topic. Off when
/// <see cref="ShoppersOptions.Fulfillment"/> is not set.
/// </summary>
internal sealed class StepWatcher(
    IHttpClientFactory http, IOptions<ShoppersOptions> options, ReceiptBook book, TimeProvider time, ILogger<StepWatcher> logger) : BackgroundService
{
    private const int Limit = 2_000;

    private long _after;
    private bool _isAway;

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (options.Value.Fulfillment is not { } address)
            return;
        using var client = http.CreateClient(ShoppersWorker.HttpClientName);
        client.BaseAddress = address;
        for (var hasBegun = false; !stoppingToken.IsCancellationRequested;)
        {
            var page = await TryReadAsync(client, hasBegun ? $"/steps?after={_after}&limit={Limit}" : "/steps?limit=0", stoppingToken);
            if (page is not null && !hasBegun)
                (_after, hasBegun) = (page.Last, true);
            else if (page is not null)
                Book(page);
            if (page?.Steps.Count != Limit)
                await Task.Delay(options.Value.StepInterval, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private void Book(StepPage page)
    {
        var receipts = book.For(page.Source, page.Topic);
        foreach (var step in page.Steps)
        {
            receipts.Spooled(step.Sequence);
            _after = step.Sequence;
        }
    }

    private async Task<StepPage?> TryReadAsync(HttpClient client, string path, CancellationToken stop)
    {
        try
        {
            using var timeout = new CancellationTokenSource(options.Value.AnswerTimeout, time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, stop);
            var page = await client.GetFromJsonAsync(new Uri(path, UriKind.Relative), StepJson.Default.StepPage, either.Token);
            _isAway = false;
            return page;
        }
        catch (Exception failure) when (failure is HttpRequestException or OperationCanceledException or IOException or JsonException)
        {
            if (!_isAway && !stop.IsCancellationRequested)
                Log.StepsAway(logger, failure.Message);
            _isAway = true;
            return null;
        }
    }
}
