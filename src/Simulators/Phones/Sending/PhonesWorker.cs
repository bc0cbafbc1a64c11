using EventSourcing.Phones.Options;
using EventSourcing.Phones.Telemetry;
using EventSourcing.Receipts;
using EventSourcing.Simulation;
using Microsoft.Extensions.Options;

namespace EventSourcing.Phones.Sending;

/// <summary>
/// Lets the phones come online, some at a time, until they are stopped or their count is done; then ends the program. A stop records nothing new and waits
/// for outstanding answers; the receipts' last report follows when this worker has ended.
/// </summary>
internal sealed class PhonesWorker(
    IOptions<PhonesOptions> options, IHttpClientFactory http, ReceiptBook book, PhonesTelemetry telemetry, TimeProvider time,
    IHostApplicationLifetime lifetime, ILogger<PhonesWorker> logger) : BackgroundService
{
    /// <summary>Name of the phones' HTTP client.</summary>
    public const string HttpClientName = "mobile-bff";

    private readonly string _run = Guid.NewGuid().ToString("N")[..6];
    private readonly Quota _quota = new(options.Value.Count);
    private readonly Pace _pace = new(options.Value.EventsPerSecond, time);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        Log.Starting(logger, options.Value.Installations, _run, options.Value.EventsPerSecond);
        var folder = options.Value.QueueDirectory is { Length: > 0 } own ? Path.GetFullPath(own) : Directory.CreateTempSubdirectory("phones-").FullName;
        using var giveUp = new CancellationTokenSource();
        await using (stoppingToken.Register(() => giveUp.CancelAfter(options.Value.DrainTimeout)))
        {
            var groups = Math.Min(options.Value.Online, options.Value.Installations);
            await Task.WhenAll(Enumerable.Range(0, groups).Select(group => RunGroupAsync(group, groups, folder, stoppingToken, giveUp.Token)));
        }

        if (string.IsNullOrEmpty(options.Value.QueueDirectory))
            Directory.Delete(folder, recursive: true);
        Log.Ended(logger, book.Totals.ToString());
        lifetime.StopApplication();
    }

    // One phone of the group is online at a time, in turn.
    private async Task RunGroupAsync(int group, int groups, string folder, CancellationToken stop, CancellationToken giveUp)
    {
        var phones = new List<Phone>();
        var chance = new Random(unchecked((options.Value.Seed * 31) + group));
        try
        {
            for (var turn = 0; !stop.IsCancellationRequested; turn++)
            {
                var number = group + (turn % PhonesOf(group, groups) * groups);
                if (turn < PhonesOf(group, groups))
                    phones.Add(CreatePhone(number + 1, folder));
                var count = _quota.Take(chance.Next(1, options.Value.MaxBacklog + 1));
                if (count == 0)
                    return;
                var phone = phones[turn % phones.Count];
                phone.Record(count);
                await phone.SendAsync(giveUp);
                await _pace.TakeAsync(count, stop);
            }
        }
        catch (OperationCanceledException)
        {
            // Stopped, or out of patience.
        }
        finally
        {
            foreach (var phone in phones)
                await phone.DisposeAsync();
        }
    }

    private Phone CreatePhone(int number, string folder) => new(
        number, folder, $"/phones/{_run}/http", options.Value, http.CreateClient(HttpClientName), book, telemetry, time, logger);

    private int PhonesOf(int group, int groups) => (options.Value.Installations - group + groups - 1) / groups;
}
