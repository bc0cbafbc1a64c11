using Confluent.Kafka;
using EventSourcing.SensorIngest.Intake;

namespace EventSourcing.SensorIngest.Registry;

/// <summary>
/// Judges readings of unknown devices, and only on proof: a reading that has waited its grace is refused after the registry has been shown
/// to hold everything that was stored before. While Kafka cannot be asked nobody is judged, and the grace starts anew afterwards.
/// </summary>
internal sealed class UnknownDeviceWorker(
    WaitingRoom room, IRegistryFreshness freshness, SensorIntake intake, TimeProvider time, ILogger<UnknownDeviceWorker> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan ProofTimeout = TimeSpan.FromSeconds(10);

    private DateTimeOffset _currentSince = DateTimeOffset.MinValue;

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            var now = time.GetUtcNow();
            var overdue = room.FindOverdue(now, _currentSince);     // before the proof: a registration that ends meanwhile may be stored after it
            if (overdue.Count > 0 && await TryProveAsync(stoppingToken))
                room.Judge(overdue, now, _currentSince, intake.RefuseUnknown);
        }
    }

    private async Task<bool> TryProveAsync(CancellationToken stop)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(stop);
        timeout.CancelAfter(ProofTimeout);
        try
        {
            await freshness.CatchUpAsync(timeout.Token);
            return true;
        }
        catch (Exception unproven) when (unproven is KafkaException || (unproven is OperationCanceledException && !stop.IsCancellationRequested))
        {
            Log.RegistryUnproven(logger, unproven.Message);
            _currentSince = time.GetUtcNow();
            return false;
        }
    }
}
