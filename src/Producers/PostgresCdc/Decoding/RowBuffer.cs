using Npgsql.Replication.PgOutput;

namespace EventSourcing.PostgresCdc.Decoding;

/// <summary>One row's values in PostgreSQL's text form, UTF-8, in one reused buffer. A value too large for any event is left out and says so.</summary>
internal sealed class RowBuffer
{
    /// <summary>Larger values are not read, bytes: no event could carry them.</summary>
    public const int LargestValue = 1_048_588;

    private byte[] _bytes = new byte[4_096];
    private Field[] _fields = new Field[16];
    private int _used;

    /// <summary>Values.</summary>
    public int Count { get; private set; }

    /// <summary>A value was left out for its size.</summary>
    public bool IsOversized { get; private set; }

    /// <summary>What a column holds.</summary>
    public FieldKind Kind(int index) => index < 0 || index >= Count ? FieldKind.Null : _fields[index].Kind;

    /// <summary>The text of a column; empty unless it is a <see cref="FieldKind.Value"/>.</summary>
    public ReadOnlySpan<byte> this[int index] => Kind(index) == FieldKind.Value ? _bytes.AsSpan(_fields[index].Offset, _fields[index].Length) : default;

    /// <summary>The text of a column as string; null unless it is a <see cref="FieldKind.Value"/>.</summary>
    public string? Text(int index) => Kind(index) == FieldKind.Value ? System.Text.Encoding.UTF8.GetString(this[index]) : null;

    /// <summary>Forgets the row.</summary>
    public void Clear() => (Count, _used, IsOversized) = (0, 0, false);

    /// <summary>Reads a row of the log.</summary>
    public async ValueTask ReadAsync(ReplicationTuple row, CancellationToken stop)
    {
        Clear();
        await foreach (var value in row.WithCancellation(stop))
        {
            if (value.IsDBNull)
                Add(FieldKind.Null);
            else if (value.IsUnchangedToastedValue)
                Add(FieldKind.Unchanged);
            else if (value.Length > LargestValue)
                AddOversized();
            else
                await value.GetStream().ReadExactlyAsync(Reserve(value.Length), stop);
        }
    }

    /// <summary>Adds a value, null for NULL.</summary>
    public void Add(string? text)
    {
        if (text is null)
        {
            Add(FieldKind.Null);
            return;
        }

        var length = System.Text.Encoding.UTF8.GetByteCount(text);
        if (length > LargestValue)
            AddOversized();
        else
            System.Text.Encoding.UTF8.GetBytes(text, Reserve(length).Span);
    }

    /// <summary>Adds NULL, or a value that is not there.</summary>
    public void Add(FieldKind kind, int offset = 0, int length = 0)
    {
        if (Count == _fields.Length)
            Array.Resize(ref _fields, Count * 2);
        _fields[Count++] = new Field(kind, offset, length);
    }

    /// <summary>Takes values that were not sent because they are unchanged from the old row.</summary>
    public void FillUnchangedFrom(RowBuffer old)
    {
        for (var i = 0; i < Count; i++)
        {
            if (_fields[i].Kind != FieldKind.Unchanged || old.Kind(i) is FieldKind.Unchanged)
                continue;
            var value = old[i];
            if (old.Kind(i) == FieldKind.Value)
                value.CopyTo(ReserveAt(i, value.Length));
            else
                _fields[i] = new Field(old.Kind(i), 0, 0);
        }
    }

    private void AddOversized()
    {
        IsOversized = true;
        Add(FieldKind.Unchanged);
    }

    private Memory<byte> Reserve(int length)
    {
        Add(FieldKind.Value);
        ReserveAt(Count - 1, length);
        return _bytes.AsMemory(_used - length, length);
    }

    private Span<byte> ReserveAt(int index, int length)
    {
        if (_used + length > _bytes.Length)
            Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, _used + length));
        _fields[index] = new Field(FieldKind.Value, _used, length);
        _used += length;
        return _bytes.AsSpan(_used - length, length);
    }

    private readonly record struct Field(FieldKind Kind, int Offset, int Length);
}

/// <summary>What a column of a row holds.</summary>
internal enum FieldKind
{
    /// <summary>NULL.</summary>
    Null,

    /// <summary>A value.</summary>
    Value,

    /// <summary>A value that was not sent: large, stored apart (TOAST) and not changed.</summary>
    Unchanged,
}
