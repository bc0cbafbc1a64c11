using System.Buffers;
using System.Security.Cryptography;
using CloudNative.CloudEvents;

namespace EventSourcing.SocialFeed.Payloads;

/// <summary>
/// Fetches what an event refers to, for consumers: streams the bytes behind <c>dataref</c> and checks that they are those the reference names. It needs
/// nothing of this service but its address, so a consumer may take a copy of this file.
/// </summary>
/// <param name="http">The client to fetch with.</param>
/// <param name="store">Where payloads may be fetched from: references that lead elsewhere are refused, for events come from strangers.</param>
public sealed class PayloadResolver(HttpClient http, Uri store)
{
    private const int BufferBytes = 64 * 1024;

    /// <summary>True when the event's data are in a store and not in the event.</summary>
    public static bool IsReference(CloudEvent cloudEvent)
    {
        ArgumentNullException.ThrowIfNull(cloudEvent);
        return cloudEvent.Data is null && cloudEvent["dataref"] is not null;
    }

    /// <summary>Copies the payload to <paramref name="destination"/>; returns its length, bytes. After an exception what was written is worth nothing.</summary>
    /// <exception cref="ArgumentException">The event has no <c>dataref</c>, or one that leads out of the store.</exception>
    /// <exception cref="HttpRequestException">The store does not answer, or has it no more (404).</exception>
    /// <exception cref="InvalidDataException">The bytes are not those that the reference names.</exception>
    public async Task<long> CopyToAsync(CloudEvent cloudEvent, Stream destination, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(cloudEvent);
        ArgumentNullException.ThrowIfNull(destination);
        var reference = ReferenceOf(cloudEvent);
        using var response = await http.GetAsync(reference, HttpCompletionOption.ResponseHeadersRead, stop);
        response.EnsureSuccessStatusCode();
        await using var content = await response.Content.ReadAsStreamAsync(stop);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var length = await CopyAsync(content, destination, hash, stop);
        var found = Convert.ToHexStringLower(hash.GetHashAndReset());
        return found == reference.Segments[^1]
            ? length
            : throw new InvalidDataException($"{reference} gave {length} bytes with the SHA-256 {found}.");
    }

    private Uri ReferenceOf(CloudEvent cloudEvent)
    {
        var text = cloudEvent["dataref"]?.ToString() ?? throw new ArgumentException("The event has no dataref.", nameof(cloudEvent));
        var reference = new Uri(store, text);
        return store.IsBaseOf(reference) ? reference : throw new ArgumentException($"dataref '{text}' leads out of the store {store}.", nameof(cloudEvent));
    }

    private static async Task<long> CopyAsync(Stream content, Stream destination, IncrementalHash hash, CancellationToken stop)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        try
        {
            long length = 0;
            for (int read; (read = await content.ReadAsync(buffer, stop)) > 0; length += read)
            {
                hash.AppendData(buffer, 0, read);
                await destination.WriteAsync(buffer.AsMemory(0, read), stop);
            }

            return length;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
