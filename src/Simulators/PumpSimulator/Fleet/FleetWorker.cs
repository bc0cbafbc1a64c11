using EventSourcing.PumpSimulator.Events;
using EventSourcing.PumpSimulator.Model;
using EventSourcing.PumpSimulator.Options;
using EventSourcing.PumpSimulator.Sending;
using EventSourcing.Receipts;
using EventSourcing.Simulation;
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
    private readonly string _run = RunId.New();
    private IReadOnlyList<(FleetMember Member, IPumpTransport Transport)> _fleet = [];

    /// <summary>Reads the files and prepares every way out, so that a mistake in the configuration stops the start.</summary>
    /// <exception cref="InvalidDataException">The data file is none.</exception>
    /// <exception cref="InvalidOperationException">An address is missing.</exception>
    public override Task StartAsync(CancellationToken cancellationToken)
    {
        var data = PumpDataFile.Load(options.Value.DataFile ?? PumpDataFile.DefaultPath);
        var members = FleetPlan.Make(options.Value, data, PumpFile.Load(PumpFile.DefaultPath), _run, time);
        _fleet = [.. members.Select(member => (member, transports.Create(member.Way, member.Device.DeviceId, _run)))];
        return base.StartAsync(cancellationToken);
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        Log.Starting(logger, _fleet.Count, _run, options.Value.RatePerSecond);
        using var giveUp = new CancellationTokenSource();
        await using (stoppingToken.Register(() => giveUp.CancelAfter(options.Value.DrainTimeout)))
        {
            var quota = new Quota(options.Value.Count);
            await Task.WhenAll(_fleet.Select(device => RunAsync(device.Member, device.Transport, quota, stoppingToken, giveUp.Token)));
        }

        Log.Ended(logger, book.Totals.ToString());
        lifetime.StopApplication();
    }

    private async Task RunAsync(FleetMember member, IPumpTransport transport, Quota quota, CancellationToken stop, CancellationToken giveUp)
    {
        await using (transport)
            await new DeviceRun(member, transport, book, topics, quota, time, logger).RunAsync(stop, giveUp);
    }
}
