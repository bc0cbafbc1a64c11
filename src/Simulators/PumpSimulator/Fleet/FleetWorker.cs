using EventSourcing.PumpSimulator.Events;
using EventSourcing.PumpSimulator.Model;
using EventSourcing.PumpSimulator.Options;
using EventSourcing.PumpSimulator.Sending;
using EventSourcing.Receipts;
using Microsoft.Extensions.Options;

namespace EventSourcing.PumpSimulator.Fleet;

/// <summary>
/// Runs the fleet until it is stopped or its count is done, then ends the program. A stop sends nothing new and waits for outstanding answers;
/// the receipts' last report follows when this worker has ended.
/// </summary>
internal sealed class FleetWorker(
    IOptions<PumpsOptions> options, TransportFactory transports, ReceiptBook book, Topics topics, TimeProvider time,
    IHostApplicationLifetime lifetime, ILogger<FleetWorker> logger) : BackgroundService
{
    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var run = RunId.New();
        var members = FleetPlan.Make(
            options.Value, PumpDataFile.Load(options.Value.DataFile ?? PumpDataFile.DefaultPath), PumpFile.Load(PumpFile.DefaultPath), run, time);
        Log.Starting(logger, members.Count, run, options.Value.RatePerSecond);
        using var giveUp = new CancellationTokenSource();
        await using (stoppingToken.Register(() => giveUp.CancelAfter(options.Value.DrainTimeout)))
        {
            var quota = new FleetQuota(options.Value.Count);
            await Task.WhenAll(members.Select(member => RunAsync(member, run, quota, stoppingToken, giveUp.Token)));
        }

        Log.Ended(logger, book.Totals.ToString());
        lifetime.StopApplication();
    }

    private async Task RunAsync(FleetMember member, string run, FleetQuota quota, CancellationToken stop, CancellationToken giveUp)
    {
        await using var transport = transports.Create(member.Way, member.Device.DeviceId, run);
        await new DeviceRun(member, transport, book, topics, quota, time, logger).RunAsync(stop, giveUp);
    }
}
