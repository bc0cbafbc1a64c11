using EventSourcing.SocialFeed.Options;
using Microsoft.Extensions.Options;

namespace EventSourcing.SocialFeed.Payloads;

/// <summary>
/// The content-addressed store of large payloads: a folder of files named by the SHA-256 of their bytes, of one process alone. Bytes are written beside
/// it, forced to disk, then renamed into place, so a file that is there is whole. Thread-safe.
/// </summary>
internal sealed class PayloadStore : IDisposable
{
    private readonly Lock _gate = new();
    private readonly PayloadOptions _options;
    private readonly TimeProvider _time;
    private readonly PayloadFolder _folder;
    private readonly PayloadCatalogue _catalogue;

    /// <summary>Takes the folder, throws away what was left half-written, and looks at what is there.</summary>
    /// <exception cref="InvalidOperationException">Another process has the folder, or it cannot be written.</exception>
    public PayloadStore(IOptions<PayloadOptions> options, IOptions<WebhookOptions> webhooks, TimeProvider time)
    {
        (_options, _time, RetryAfter) = (options.Value, time, webhooks.Value.RetryAfter);
        _catalogue = new PayloadCatalogue(_options.QuotaBytes);
        _folder = new PayloadFolder(Path.GetFullPath(_options.Directory, AppContext.BaseDirectory));
        foreach (var entry in _folder.Read())
            _catalogue.Add(entry);
    }

    /// <summary>What senders are told that find the store full.</summary>
    public TimeSpan RetryAfter { get; }

    /// <summary>Largest payload, bytes.</summary>
    public int MaxPayloadBytes => _options.MaxPayloadBytes;

    /// <summary>Bytes stored and being received.</summary>
    public long UsedBytes
    {
        get
        {
            lock (_gate)
                return _catalogue.UsedBytes;
        }
    }

    /// <summary>Payloads, count.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
                return _catalogue.Count;
        }
    }

    /// <summary>Begins to receive a payload of unknown length.</summary>
    /// <exception cref="PayloadRefusedException">The disk does not take it.</exception>
    public PayloadUpload Begin() => new(this, _folder);

    /// <summary>Stores bytes; they are on disk when this returns.</summary>
    /// <exception cref="PayloadRefusedException">The store does not take them.</exception>
    public async ValueTask<PayloadReference> PutAsync(ReadOnlyMemory<byte> bytes, string? contentType, CancellationToken stop)
    {
        await using var upload = Begin();
        await upload.WriteAsync(bytes, stop);
        return upload.Commit(contentType);
    }

    /// <summary>Opens a payload; null when there is none of that hash, or no longer.</summary>
    public OpenPayload? TryOpen(string hash)
    {
        lock (_gate)
        {
            if (!_catalogue.TryFind(hash, out var entry) || ExpiryOf(entry) <= _time.GetUtcNow())
                return null;
            return _folder.TryOpenRead(entry.File) is { } content
                ? new OpenPayload(content, entry.File.ContentType, entry.Referred, ExpiryOf(entry) - _time.GetUtcNow())
                : null;
        }
    }

    /// <summary>Deletes what no event has referred to for <see cref="PayloadOptions.Retention"/>; returns how many payloads went.</summary>
    /// <exception cref="IOException">A file cannot be deleted; it stays in the books.</exception>
    public int Sweep()
    {
        var deleted = 0;
        lock (_gate)
        {
            foreach (var entry in _catalogue.ReferredBefore(_time.GetUtcNow() - _options.Retention))
            {
                _folder.Delete(entry.File);
                _catalogue.Remove(entry);
                deleted++;
            }
        }

        return deleted;
    }

    public void Dispose() => _folder.Dispose();

    /// <summary>Takes room for bytes that are being received.</summary>
    /// <exception cref="PayloadRefusedException">There is none.</exception>
    internal void Reserve(int bytes)
    {
        lock (_gate)
        {
            if (!_catalogue.TryReserve(bytes))
                throw PayloadRefusals.Full(_options.QuotaBytes, RetryAfter);
        }
    }

    internal void Release(long bytes)
    {
        lock (_gate)
            _catalogue.Release(bytes);
    }

    /// <summary>When the payload is there already, it stays for its whole time again.</summary>
    internal bool TryRenew(string hash)
    {
        lock (_gate)
        {
            if (!_catalogue.TryFind(hash, out var entry))
                return false;
            entry.Referred = _time.GetUtcNow();
            _folder.SetTime(entry.File, entry.Referred);
            return true;
        }
    }

    /// <summary>Puts a file that is on disk in its place.</summary>
    internal void Add(string written, PayloadFile file, long bytes)
    {
        lock (_gate)
        {
            if (TryRenew(file.Hash))
                return; // the same bytes came on two ways at once
            var now = _time.GetUtcNow();
            _folder.Place(written, file, now);
            _catalogue.Add(new PayloadCatalogue.Entry(file, bytes, now));
        }

        _folder.Flush();
    }

    internal Uri UriOf(string hash) => new(_options.BaseUri, hash);

    private DateTimeOffset ExpiryOf(PayloadCatalogue.Entry entry) => entry.Referred + _options.Retention;
}
