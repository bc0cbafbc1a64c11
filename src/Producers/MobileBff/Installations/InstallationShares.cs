using EventSourcing.MobileBff.Options;
using Microsoft.Extensions.Options;

namespace EventSourcing.MobileBff.Installations;

/// <summary>The shares of all installations that are active: at most so many, the one unused for longest gives way once it is rested. Thread-safe.</summary>
internal sealed class InstallationShares(IOptions<InstallationOptions> options) : IDisposable
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, LinkedListNode<InstallationShare>> _shares = new(StringComparer.Ordinal);
    private readonly LinkedList<InstallationShare> _byUse = new();

    /// <summary>Installations kept track of now.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
                return _shares.Count;
        }
    }

    /// <summary>The share of an installation, in use until <see cref="Leave"/>; null when there are too many others.</summary>
    public InstallationShare? Use(string installation)
    {
        lock (_gate)
        {
            if (_shares.TryGetValue(installation, out var node))
                _byUse.Remove(node);
            else if (HasRoom())
                _shares[installation] = node = new LinkedListNode<InstallationShare>(new InstallationShare(installation, options.Value));
            else
                return null;
            _byUse.AddLast(node);
            node.Value.Users++;
            return node.Value;
        }
    }

    /// <summary>A request has ended.</summary>
    public void Leave(InstallationShare share)
    {
        lock (_gate)
            share.Users--;
    }

    public void Dispose()
    {
        foreach (var share in _byUse)
            share.Dispose();
    }

    private bool HasRoom()
    {
        if (_shares.Count < options.Value.MaxTracked)
            return true;
        for (var node = _byUse.First; node is not null; node = node.Next)
        {
            if (node.Value.Users > 0)
                continue;                                     // a long one must not keep all others out
            if (!node.Value.IsRested)
                return false;                                 // those after it were used later
            _byUse.Remove(node);
            _shares.Remove(node.Value.Installation);
            node.Value.Dispose();
            return true;
        }

        return false;
    }
}
