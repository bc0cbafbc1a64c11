using EventSourcing.EventBackbone;

namespace EventSourcing.MobileBff.Installations;

/// <summary>Why an installation has to slow down.</summary>
internal static class InstallationRefusals
{
    private const string RateType = "urn:eventsourcing:rate-limited";
    private const string BusyType = "urn:eventsourcing:installation-busy";
    private const string TooManyType = "urn:eventsourcing:too-many-installations";

    private static readonly TimeSpan OneSecond = TimeSpan.FromSeconds(1);

    public static readonly Rejection Busy = new(
        RejectionKind.Overload, BusyType, "Too many requests of this installation are in work (Installations:MaxWaitingBatches, MaxProxiedRequests).", OneSecond);

    public static readonly Rejection TooMany = new(
        RejectionKind.Overload, TooManyType, "Too many installations are active (Installations:MaxTracked).", OneSecond);

    public static Rejection Rate(TimeSpan? retryAfter) => new(
        RejectionKind.Overload, RateType, "This installation sends too much (Installations:EventsPerSecond, BurstEvents).", retryAfter ?? OneSecond);
}
