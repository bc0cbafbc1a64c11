namespace EventSourcing.SocialFeed.Streams;

/// <summary>
/// Passes a stream of Server-Sent Events on, but of each event no more than a limit: what is beyond it is dropped up to the event's end, so its reader,
/// which gathers an event whole, cannot grow without bound. An event cut short is no CloudEvent any more; its <c>id</c> line, which stays, keeps the
/// reader able to go on behind it. Silence longer than a limit ends the stream.
/// </summary>
internal sealed class BoundedEventStream(Stream inner, int maxEventBytes, TimeSpan idleTimeout) : Stream
{
    private const int LongestId = 1_024;

    private int _passed;
    private int _line;
    private int _lineKept;
    private bool _isEndDropped;
    private bool _isIdLine;
    private bool _afterCarriageReturn;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    /// <exception cref="TimeoutException">Nothing came for too long.</exception>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (true)
        {
            var read = await ReadInTimeAsync(buffer, cancellationToken);
            if (read == 0)
                return 0;
            var kept = Keep(buffer.Span[..read]);
            if (kept > 0)
                return kept;
        }
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("Read asynchronously.");

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            inner.Dispose();
        base.Dispose(disposing);
    }

    private async ValueTask<int> ReadInTimeAsync(Memory<byte> buffer, CancellationToken stop)
    {
        using var idle = CancellationTokenSource.CreateLinkedTokenSource(stop);
        idle.CancelAfter(idleTimeout);
        try
        {
            return await inner.ReadAsync(buffer, idle.Token);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            throw new TimeoutException($"nothing came for {idleTimeout.TotalSeconds:0.#} s");
        }
    }

    // Moves what passes to the front; returns how much that is.
    private int Keep(Span<byte> bytes)
    {
        var kept = 0;
        foreach (var octet in bytes)
        {
            if (octet is (byte)'\n' or (byte)'\r' ? EndLine(octet) : Passes(octet))
                bytes[kept++] = octet;
        }

        return kept;
    }

    // A line that was dropped whole loses its end, too: an empty line would end the event.
    private bool EndLine(byte end)
    {
        var isSecondHalf = end == '\n' && _afterCarriageReturn;
        _afterCarriageReturn = end == '\r';
        if (isSecondHalf)
            return !_isEndDropped;
        if (_line == 0)
            _passed = 0;
        _isEndDropped = _line > 0 && _lineKept == 0;
        (_line, _lineKept, _isIdLine) = (0, 0, false);
        return !_isEndDropped;
    }

    private bool Passes(byte octet)
    {
        _afterCarriageReturn = false;
        if (_line == 0)
            _isIdLine = octet == 'i';
        if (_line < int.MaxValue)
            _line++;
        var passes = _isIdLine ? _line <= LongestId : _passed < maxEventBytes;
        if (!passes)
            return false;
        _lineKept++;
        if (!_isIdLine)
            _passed++;
        return true;
    }
}
