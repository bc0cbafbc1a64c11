using System.Threading.RateLimiting;
using EventSourcing.EventBackbone;
using EventSourcing.MobileBff.Options;

namespace EventSourcing.MobileBff.Installations;

/// <summary>
/// What one installation may use: batches one at a time and in order, some proxied requests, and a token bucket of events. The bucket has no timer:
/// it is filled up whenever somebody looks.
/// </summary>
internal sealed class InstallationShare(string installation, InstallationOptions options) : IDisposable
{
    private readonly ConcurrencyLimiter _batches = new(new ConcurrencyLimiterOptions { PermitLimit = 1, QueueLimit = options.MaxWaitingBatches });
    private readonly ConcurrencyLimiter _proxied = new(new ConcurrencyLimiterOptions { PermitLimit = options.MaxProxiedRequests, QueueLimit = 0 });

    private readonly TokenBucketRateLimiter _events = new(new TokenBucketRateLimiterOptions
    {
        TokenLimit = options.BurstEvents,
        TokensPerPeriod = options.EventsPerSecond,
        ReplenishmentPeriod = TimeSpan.FromSeconds(1),
        AutoReplenishment = false,
        QueueLimit = 0,
    });

    public string Installation { get; } = installation;

    /// <summary>Requests that have or want something of it; guarded by the limiter's lock.</summary>
    public int Users { get; set; }

    /// <summary>True when the bucket is full: forgetting the share gives nothing away.</summary>
    public bool IsRested
    {
        get
        {
            _events.TryReplenish();
            return _events.GetStatistics()!.CurrentAvailablePermits >= options.BurstEvents;
        }
    }

    /// <summary>A place for a request, at once or not at all.</summary>
    public RateLimitLease TryEnter(bool isBatch) => isBatch ? _batches.AttemptAcquire() : _proxied.AttemptAcquire();

    /// <summary>A place for a request; a batch waits for those before it.</summary>
    public ValueTask<RateLimitLease> EnterAsync(bool isBatch, CancellationToken stop) =>
        isBatch ? _batches.AcquireAsync(1, stop) : _proxied.AcquireAsync(1, stop);

    /// <summary>Takes events from the bucket; null when it held enough.</summary>
    public Rejection? Charge(int events)
    {
        _events.TryReplenish();
        using var lease = _events.AttemptAcquire(events);
        if (lease.IsAcquired)
            return null;
        return InstallationRefusals.Rate(lease.TryGetMetadata(MetadataName.RetryAfter, out var wait) ? wait : null);
    }

    public void Dispose()
    {
        _batches.Dispose();
        _proxied.Dispose();
        _events.Dispose();
    }
}
