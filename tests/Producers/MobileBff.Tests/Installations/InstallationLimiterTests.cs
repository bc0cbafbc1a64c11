using System.Security.Claims;
using System.Threading.RateLimiting;
using EventSourcing.MobileBff.Installations;
using EventSourcing.MobileBff.Options;
using Microsoft.AspNetCore.Http;

namespace EventSourcing.MobileBff.Tests.Installations;

public sealed class InstallationLimiterTests : IDisposable
{
    private readonly InstallationShares _shares;
    private readonly InstallationLimiter _limiter;

    public InstallationLimiterTests()
    {
        var options = new InstallationOptions { EventsPerSecond = 1, BurstEvents = 1_000, MaxWaitingBatches = 1, MaxProxiedRequests = 2, MaxTracked = 100 };
        _shares = new InstallationShares(Microsoft.Extensions.Options.Options.Create(options));
        _limiter = new InstallationLimiter(_shares);
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _limiter.Dispose();
        _shares.Dispose();
    }

    [Fact]
    public async Task BatchesOfAnInstallation_AreTakenOneAtATime_InOrder_AndTheOthersAreRefused()
    {
        using var first = _limiter.AttemptAcquire(Batch("a"));
        var second = _limiter.AcquireAsync(Batch("a"), 1, Stop);

        using var third = await _limiter.AcquireAsync(Batch("a"), 1, Stop);
        using var other = _limiter.AttemptAcquire(Batch("b"));

        Assert.Equal((true, false, true), (first.IsAcquired, third.IsAcquired, other.IsAcquired));
        Assert.Equal("urn:eventsourcing:installation-busy", TypeOf(third));
        Assert.False(second.IsCompleted);
        first.Dispose();
        using var taken = await second;
        Assert.True(taken.IsAcquired);
    }

    [Fact]
    public void ProxiedRequests_DoNotWaitForBatches_AndHaveALimitOfTheirOwn()
    {
        using var batch = _limiter.AttemptAcquire(Batch("a"));
        using var one = _limiter.AttemptAcquire(Proxied("a"));
        using var two = _limiter.AttemptAcquire(Proxied("a"));
        using var three = _limiter.AttemptAcquire(Proxied("a"));

        Assert.Equal((true, true, true, false), (batch.IsAcquired, one.IsAcquired, two.IsAcquired, three.IsAcquired));
    }

    [Fact]
    public void Bucket_Empty_IsRefusedWithTheTimeToWait()
    {
        using var place = (InstallationPlace)_limiter.AttemptAcquire(Batch("a"));

        Assert.Null(place.Charge(900));
        var refusal = place.Charge(200);

        Assert.Equal("urn:eventsourcing:rate-limited", refusal?.Type);
        Assert.InRange(refusal!.RetryAfter!.Value.TotalSeconds, 90, 110);
    }

    [Fact]
    public void Installations_BeyondTheBound_TakeThePlaceOfARestedOne_OrAreRefused()
    {
        for (var i = 0; i < 100; i++)
            _limiter.AttemptAcquire(Batch($"i-{i}")).Dispose();
        using var refused = _limiter.AttemptAcquire(Batch("late"));           // every bucket lacks one event

        Assert.Equal("urn:eventsourcing:too-many-installations", TypeOf(refused));
        Assert.Equal(100, _shares.Count);
        Assert.True(SpinWait.SpinUntil(
            () =>
            {
                using var again = _limiter.AttemptAcquire(Batch("late"));
                return again.IsAcquired;
            },
            TimeSpan.FromSeconds(30)));
        Assert.Equal(100, _shares.Count);
    }

    [Fact]
    public async Task CancelledWait_LeavesNothingBehind()
    {
        using var first = _limiter.AttemptAcquire(Batch("a"));
        using var cancel = new CancellationTokenSource();
        var waiting = _limiter.AcquireAsync(Batch("a"), 1, cancel.Token);
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await waiting);
        first.Dispose();

        using var next = _limiter.AttemptAcquire(Batch("a"));

        Assert.True(next.IsAcquired);
        Assert.Equal(1, _shares.Use("a")!.Users - 1);
    }

    [Fact]
    public void RequestWithoutInstallation_Passes()
    {
        using var lease = _limiter.AttemptAcquire(new DefaultHttpContext());

        Assert.True(lease.IsAcquired);
        Assert.Equal(0, _shares.Count);
    }

    private static string? TypeOf(RateLimitLease lease) => lease.TryGetMetadata(InstallationPlace.Refusal, out var refusal) ? refusal?.Type : null;

    private static DefaultHttpContext Proxied(string installation) => new()
    {
        User = new ClaimsPrincipal(new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, installation)], "Device", ClaimTypes.NameIdentifier, null)),
    };

    private static DefaultHttpContext Batch(string installation)
    {
        var context = Proxied(installation);
        context.SetEndpoint(new Endpoint(null, new EndpointMetadataCollection(new InOrder()), null));
        return context;
    }
}
