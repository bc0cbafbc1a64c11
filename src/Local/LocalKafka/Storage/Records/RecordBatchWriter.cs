namespace EventSourcing.LocalKafka.Storage.Records;

/// <summary>
/// Writes a batch anew with some of its records: offsets, sequences, producer, codec and the last offset stay, so that readers see a gap and nothing
/// else. One after another; the memory is used again.
/// </summary>
internal sealed class RecordBatchWriter : IDisposable
{
    private readonly MemoryStream _batch = new();

    /// <param name="batch">The batch as it is.</param>
    /// <param name="isRetained">Which of its records stay.</param>
    /// <param name="deleteHorizon">A new delete horizon; null leaves the batch's own.</param>
    /// <returns>The new batch; valid until the next is written.</returns>
    /// <exception cref="InvalidDataException">The batch cannot be read.</exception>
    public ReadOnlySpan<byte> Write(ArraySegment<byte> batch, Func<RecordReader, bool> isRetained, long? deleteHorizon)
    {
        var header = RecordBatchHeader.Read(batch);
        Start();
        var (count, maxTimestamp) = WriteRecords(batch, header.Compression, isRetained, deleteHorizon);
        return Complete(header.With(count, maxTimestamp, deleteHorizon));
    }

    /// <summary>The header of a batch alone, without records.</summary>
    public ReadOnlySpan<byte> WriteHeader(in RecordBatchHeader header)
    {
        Start();
        return Complete(header.WithoutRecords());
    }

    public void Dispose() => _batch.Dispose();

    private (int Count, long MaxTimestamp) WriteRecords(ArraySegment<byte> batch, CompressionType codec, Func<RecordReader, bool> isRetained, long? deleteHorizon)
    {
        var (count, maxTimestamp) = (0, -1L);
        using var compressed = codec == CompressionType.None ? null : RecordCodec.Compress(codec, _batch);
        using var reader = new RecordReader(batch);
        while (reader.MoveNext())
        {
            if (!isRetained(reader))
                continue;
            Write(compressed ?? _batch, reader, deleteHorizon);
            maxTimestamp = Math.Max(maxTimestamp, reader.Timestamp);
            count++;
        }

        return (count, maxTimestamp);
    }

    private void Start()
    {
        _batch.SetLength(0);
        _batch.SetLength(RecordBatchHeader.Bytes);
        _batch.Position = RecordBatchHeader.Bytes;
    }

    private Span<byte> Complete(scoped in RecordBatchHeader header)
    {
        var written = _batch.GetBuffer().AsSpan(0, (int)_batch.Length);
        header.Write(written);
        return written;
    }

    private static void Write(Stream records, RecordReader record, long? newBase)
    {
        Span<byte> prefix = stackalloc byte[Varint.MaxBytes + 1 + Varint.MaxBytes];
        if (newBase is not { } baseTimestamp)
        {
            records.Write(prefix[..Varint.Write(prefix, record.Content.Length)]);
            records.Write(record.Content);
            return;
        }

        Span<byte> delta = stackalloc byte[Varint.MaxBytes];
        delta = delta[..Varint.Write(delta, record.Timestamp - baseTimestamp)];
        var rest = record.ContentAfterTimestamp;
        var used = Varint.Write(prefix, 1 + delta.Length + rest.Length);
        prefix[used++] = record.Content[0];
        delta.CopyTo(prefix[used..]);
        records.Write(prefix[..(used + delta.Length)]);
        records.Write(rest);
    }
}
