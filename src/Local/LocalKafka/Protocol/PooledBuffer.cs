using System.Buffers;
using System.Numerics;

namespace EventSourcing.LocalKafka.Protocol;

/// <summary>Bytes in a pooled array that grows as they are added.</summary>
internal sealed class PooledBuffer : IDisposable
{
    private const int FirstBytes = 512;

    /// <summary>A larger array goes back to the pool between two uses.</summary>
    private const int KeptBytes = 64 * 1024;

    private byte[] _array = ArrayPool<byte>.Shared.Rent(FirstBytes);

    public int Length { get; private set; }

    public ReadOnlyMemory<byte> Written => _array.AsMemory(0, Length);

    public Span<byte> At(int position) => _array.AsSpan(position, Length - position);

    /// <summary>Adds <paramref name="bytes"/> bytes for the caller to fill at once.</summary>
    public Span<byte> Take(int bytes)
    {
        var needed = checked(Length + bytes);
        if (needed > _array.Length)
            Replace((int)Math.Min(BitOperations.RoundUpToPowerOf2((uint)needed), Array.MaxLength), keep: Length);
        var taken = _array.AsSpan(Length, bytes);
        Length = needed;
        return taken;
    }

    public void Clear()
    {
        Length = 0;
        if (_array.Length > KeptBytes)
            Replace(FirstBytes, keep: 0);
    }

    public void Dispose()
    {
        Length = 0;
        ArrayPool<byte>.Shared.Return(_array);
        _array = [];
    }

    private void Replace(int bytes, int keep)
    {
        var other = ArrayPool<byte>.Shared.Rent(bytes);
        _array.AsSpan(0, keep).CopyTo(other);
        ArrayPool<byte>.Shared.Return(_array);
        _array = other;
    }
}
