using System.Security.Cryptography;

namespace EventSourcing.SocialFeed.Payloads;

/// <summary>A payload that is being received: written to disk piece by piece, never whole in memory. Gone when it is disposed before <see cref="Commit"/>.</summary>
internal sealed class PayloadUpload : IAsyncDisposable
{
    private readonly PayloadStore _store;
    private readonly FileStream _file;
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private bool _isPlaced;

    /// <exception cref="PayloadRefusedException">The disk does not take it.</exception>
    public PayloadUpload(PayloadStore store, PayloadFolder folder)
    {
        _store = store;
        try
        {
            _file = folder.Create();
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            _hash.Dispose();
            throw PayloadRefusals.Unavailable(failed, store.RetryAfter);
        }
    }

    /// <summary>Bytes written so far.</summary>
    public long Length { get; private set; }

    /// <summary>The next piece.</summary>
    /// <exception cref="PayloadRefusedException">The payload is too large, the store full, or the disk does not take it.</exception>
    public async ValueTask WriteAsync(ReadOnlyMemory<byte> piece, CancellationToken stop)
    {
        if (Length + piece.Length > _store.MaxPayloadBytes)
            throw PayloadRefusals.TooLarge(_store.MaxPayloadBytes);
        _store.Reserve(piece.Length);
        Length += piece.Length;
        _hash.AppendData(piece.Span);
        try
        {
            await _file.WriteAsync(piece, stop);
        }
        catch (IOException failed)
        {
            throw PayloadRefusals.Unavailable(failed, _store.RetryAfter);
        }
    }

    /// <summary>The payload is in the store, forced to disk, when this returns; one that was there already stays for its whole time again.</summary>
    /// <exception cref="PayloadRefusedException">The disk does not take it.</exception>
    public PayloadReference Commit(string? contentType)
    {
        var file = new PayloadFile(Convert.ToHexStringLower(_hash.GetHashAndReset()), contentType ?? PayloadFile.Unnamed);
        try
        {
            if (!_store.TryRenew(file.Hash))
                Place(file);
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            throw PayloadRefusals.Unavailable(failed, _store.RetryAfter);
        }

        return new PayloadReference(file.Hash, Length, _store.UriOf(file.Hash));
    }

    public async ValueTask DisposeAsync()
    {
        _hash.Dispose();
        _store.Release(Length);
        await _file.DisposeAsync();
        if (!_isPlaced)
            File.Delete(_file.Name);
    }

    private void Place(PayloadFile file)
    {
        _file.Flush(flushToDisk: true);
        _file.Dispose(); // from now on others may open it
        _store.Add(_file.Name, file, Length);
        _isPlaced = !File.Exists(_file.Name);
    }
}
