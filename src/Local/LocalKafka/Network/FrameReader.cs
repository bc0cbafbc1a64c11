using System.Buffers;
using System.Buffers.Binary;
using EventSourcing.LocalKafka.Protocol;

namespace EventSourcing.LocalKafka.Network;

/// <summary>
/// Reads length-prefixed frames. Small ones are slices of one small buffer per connection; a large one is received straight into a pooled
/// array, so that a batch goes from the socket to the segment file without being copied. The length is judged before anything is allocated, and
/// a large array grows with what has really come: a length alone costs nothing.
/// </summary>
internal sealed partial class FrameReader(Stream stream, FrameLimits limits) : IDisposable
{
    private const int SmallBytes = 8 * 1024;
    private const int LengthBytes = sizeof(int);
    private byte[] _small = ArrayPool<byte>.Shared.Rent(SmallBytes);
    private byte[] _large = [];
    private int _start;
    private int _end;
    private bool _holdsLargeFrame;

    /// <summary>Largest frame that is accepted now.</summary>
    public int MaxBytes { get; set; } = limits.MaxBytes;

    /// <summary>The next frame, valid until <see cref="Release"/>; null when the peer has closed the connection between frames.</summary>
    /// <exception cref="InvalidRequestException">The length is not possible.</exception>
    /// <exception cref="EndOfStreamException">The connection was closed within a frame.</exception>
    public async ValueTask<Memory<byte>?> ReadAsync(CancellationToken stop)
    {
        if (!await FillAsync(LengthBytes, stop))
            return null;
        var length = BinaryPrimitives.ReadInt32BigEndian(_small.AsSpan(_start));
        if (length <= 0 || length > MaxBytes)
            throw new InvalidRequestException($"A frame of {length} bytes was announced; 1 to {MaxBytes} are accepted.");
        _start += LengthBytes;
        if (length > _small.Length)
            return await ReadLargeAsync(length, stop);
        if (!await FillAsync(length, stop))
            throw CutShort();
        var frame = _small.AsMemory(_start, length);
        _start += length;
        return frame;
    }

    /// <summary>Gives the memory of a large frame back.</summary>
    public void Release()
    {
        if (_large.Length > 0)
            ArrayPool<byte>.Shared.Return(_large);
        _large = [];
        if (_holdsLargeFrame)
            limits.LargeFrames.Release();
        _holdsLargeFrame = false;
    }

    public void Dispose()
    {
        Release();
        if (_ahead is null or { IsCompleted: true })
            ArrayPool<byte>.Shared.Return(_small); // otherwise a read still writes into it
        _small = [];
    }

    /// <summary>Receives until <paramref name="bytes"/> are there; false when the peer closed before the first one.</summary>
    private async ValueTask<bool> FillAsync(int bytes, CancellationToken stop)
    {
        if (_end - _start >= bytes)
            return true;
        if (_ahead is not null && !await TakeAheadAsync(stop))
            return _end == _start ? false : throw CutShort();
        if (_start == _end)
            _start = _end = 0;
        if (_start + bytes > _small.Length)
        {
            _small.AsSpan(_start, _end - _start).CopyTo(_small);
            (_start, _end) = (0, _end - _start);
        }

        while (_end - _start < bytes)
        {
            var read = await stream.ReadAsync(_small.AsMemory(_end), stop);
            if (read == 0)
                return _end == _start ? false : throw CutShort();
            _end += read;
        }

        return true;
    }

    private async ValueTask<Memory<byte>> ReadLargeAsync(int length, CancellationToken stop)
    {
        if (length <= limits.LargeFrameBytes)
            return await ReceiveAsync(length, stop);
        await limits.LargeFrames.WaitAsync(stop);
        _holdsLargeFrame = true;
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(stop);
        deadline.CancelAfter(limits.LargeFrameTimeout);
        return await ReceiveAsync(length, deadline.Token);
    }

    private async ValueTask<Memory<byte>> ReceiveAsync(int length, CancellationToken stop)
    {
        if (_ahead is not null && !await TakeAheadAsync(stop))
            throw CutShort();
        _large = ArrayPool<byte>.Shared.Rent(Math.Min(length, limits.FirstAllocationBytes));
        var received = _end - _start;
        _small.AsSpan(_start, received).CopyTo(_large);
        (_start, _end) = (0, 0);
        while (received < length)
        {
            if (received == _large.Length)
                GrowLarge(length);
            var wanted = Math.Min(length, _large.Length) - received;
            var read = await stream.ReadAsync(_large.AsMemory(received, wanted), stop);
            if (read == 0)
                throw CutShort();
            received += read;
        }

        return _large.AsMemory(0, length);
    }

    private void GrowLarge(int length)
    {
        var larger = ArrayPool<byte>.Shared.Rent((int)Math.Min(length, _large.Length * 2L));
        _large.CopyTo(larger, 0);
        ArrayPool<byte>.Shared.Return(_large);
        _large = larger;
    }

    private static EndOfStreamException CutShort() => new("The connection was closed within a frame.");
}
