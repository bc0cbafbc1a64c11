using System.Threading.RateLimiting;
using EventSourcing.HttpIntake;
using EventSourcing.WebEvents.Options;
using Microsoft.Extensions.Options;

namespace EventSourcing.WebEvents.Intake;

/// <summary>What may be held at one time, whatever the number of clients: bytes of request bodies, and open streams.</summary>
internal sealed class IngressBudget(IOptions<CollectorOptions> options) : BodyBudget(options.Value.MaxInFlightBytes)
{
    private readonly ConcurrencyLimiter _streams = new(new ConcurrencyLimiterOptions { PermitLimit = options.Value.MaxStreams, QueueLimit = 0 });

    /// <summary>Asks for one more stream.</summary>
    public RateLimitLease AcquireStream() => _streams.AttemptAcquire();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _streams.Dispose();
        base.Dispose(disposing);
    }
}
