using System.Threading.RateLimiting;
using EventSourcing.WebEvents.Options;
using Microsoft.Extensions.Options;

namespace EventSourcing.WebEvents.Intake;

/// <summary>What may be held at one time, whatever the number of clients: bytes of request bodies, and open streams.</summary>
internal sealed class IngressBudget(IOptions<CollectorOptions> options) : IDisposable
{
    private readonly ConcurrencyLimiter _bodyBytes = Limiter(options.Value.MaxInFlightBytes);
    private readonly ConcurrencyLimiter _streams = Limiter(options.Value.MaxStreams);

    /// <summary>Asks for room for a body; the lease says whether there is any and gives it back when disposed.</summary>
    public RateLimitLease AcquireBody(int bytes) => _bodyBytes.AttemptAcquire(Math.Max(1, bytes));

    /// <summary>Bytes of bodies that count as held now.</summary>
    public long BodyBytes => options.Value.MaxInFlightBytes - _bodyBytes.GetStatistics()!.CurrentAvailablePermits;

    /// <summary>Asks for one more stream.</summary>
    public RateLimitLease AcquireStream() => _streams.AttemptAcquire();

    public void Dispose()
    {
        _bodyBytes.Dispose();
        _streams.Dispose();
    }

    private static ConcurrencyLimiter Limiter(int permits) => new(new ConcurrencyLimiterOptions { PermitLimit = permits, QueueLimit = 0 });
}
