using System.Threading.RateLimiting;
using EventSourcing.EventBackbone;

namespace EventSourcing.MobileBff.Installations;

/// <summary>A request's place among those of its installation, or why it has none.</summary>
internal sealed class InstallationPlace : RateLimitLease
{
    /// <summary>Metadata: why there is no place.</summary>
    public static readonly MetadataName<Rejection> Refusal = MetadataName.Create<Rejection>("refusal");

    /// <summary>For a request without an installation.</summary>
    public static readonly InstallationPlace Free = new(null);

    private readonly InstallationShares? _shares;
    private readonly InstallationShare? _share;
    private readonly RateLimitLease? _place;
    private readonly Rejection? _refusal;
    private bool _disposed;

    public InstallationPlace(InstallationShares shares, InstallationShare share, RateLimitLease place) =>
        (_shares, _share, _place) = (shares, share, place);

    private InstallationPlace(Rejection? refusal) => _refusal = refusal;

    /// <inheritdoc/>
    public override bool IsAcquired => _refusal is null;

    /// <inheritdoc/>
    public override IEnumerable<string> MetadataNames => _refusal is null ? [] : [Refusal.Name];

    public static InstallationPlace Refused(Rejection refusal) => new(refusal);

    /// <summary>Takes further events from the installation's bucket; null when it held enough.</summary>
    public Rejection? Charge(int events) => events > 0 ? _share?.Charge(events) : null;

    /// <inheritdoc/>
    public override bool TryGetMetadata(string metadataName, out object? metadata)
    {
        metadata = metadataName == Refusal.Name ? _refusal : null;
        return metadata is not null;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing && !_disposed && _shares is not null)
        {
            _disposed = true;
            _place!.Dispose();
            _shares.Leave(_share!);
        }

        base.Dispose(disposing);
    }
}
