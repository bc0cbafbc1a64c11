using System.Threading.RateLimiting;

namespace EventSourcing.MobileBff.Installations;

/// <summary>
/// ASP.NET Core's limiter, partitioned by installation with a bounded number of partitions. A request without an installation passes: it is
/// answered 401 or is a probe. What a batch holds is charged when it has been read, by <see cref="InstallationPlace.Charge"/>.
/// </summary>
internal sealed class InstallationLimiter(InstallationShares shares) : PartitionedRateLimiter<HttpContext>
{
    private const int EventsOfARequest = 1;

    /// <inheritdoc/>
    public override RateLimiterStatistics? GetStatistics(HttpContext resource) => null;

    /// <inheritdoc/>
    protected override RateLimitLease AttemptAcquireCore(HttpContext resource, int permitCount) =>
        Begin(resource, out var share) ?? End(resource, share!, share!.TryEnter(IsBatch(resource)));

    /// <inheritdoc/>
    protected override async ValueTask<RateLimitLease> AcquireAsyncCore(HttpContext resource, int permitCount, CancellationToken cancellationToken)
    {
        if (Begin(resource, out var share) is { } answer)
            return answer;
        try
        {
            return End(resource, share!, await share!.EnterAsync(IsBatch(resource), cancellationToken));
        }
        catch (OperationCanceledException)
        {
            shares.Leave(share!);
            throw;
        }
    }

    private InstallationPlace? Begin(HttpContext context, out InstallationShare? share)
    {
        share = null;
        if (context.User.Identity?.Name is not { } installation)
            return InstallationPlace.Free;
        share = shares.Use(installation);
        return share is null ? InstallationPlace.Refused(InstallationRefusals.TooMany) : null;
    }

    private InstallationPlace End(HttpContext context, InstallationShare share, RateLimitLease place)
    {
        var refusal = place.IsAcquired ? share.Charge(EventsOfARequest) : InstallationRefusals.Busy;
        if (refusal is null)
        {
            var taken = new InstallationPlace(shares, share, place);
            context.Features.Set(taken);
            return taken;
        }

        place.Dispose();
        shares.Leave(share);
        return InstallationPlace.Refused(refusal);
    }

    private static bool IsBatch(HttpContext context) => context.GetEndpoint()?.Metadata.GetMetadata<InOrder>() is not null;
}

/// <summary>Marks an endpoint whose requests are taken one at a time per installation.</summary>
internal sealed class InOrder;
