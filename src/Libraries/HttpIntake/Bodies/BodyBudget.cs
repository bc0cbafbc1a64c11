using System.Threading.RateLimiting;

namespace EventSourcing.HttpIntake;

/// <summary>How many bytes of request bodies may be held at one time, whatever the number of clients. Thread-safe.</summary>
/// <param name="maxBytes">Bytes, at least the largest body.</param>
public class BodyBudget(int maxBytes) : IDisposable
{
    private readonly ConcurrencyLimiter _bytes = new(new ConcurrencyLimiterOptions { PermitLimit = maxBytes, QueueLimit = 0 });

    /// <summary>Bytes of bodies that count as held now.</summary>
    public long BodyBytes => maxBytes - _bytes.GetStatistics()!.CurrentAvailablePermits;

    /// <summary>Asks for room for a body; the lease says whether there is any and gives it back when disposed.</summary>
    public RateLimitLease AcquireBody(int bytes) => _bytes.AttemptAcquire(Math.Max(1, bytes));

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Gives everything back.</summary>
    protected virtual void Dispose(bool disposing)
    {
        if (disposing)
            _bytes.Dispose();
    }
}
