using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using EventSourcing.PostgresCdc.Decoding;

namespace EventSourcing.PostgresCdc.Publishing;

/// <summary>Writes Debezium's change envelope (documentation of its PostgreSQL connector, "Data change events") and record keys. Not thread-safe.</summary>
internal sealed class EnvelopeWriter(CapturePlan plan) : IDisposable
{
    private const string Version = "1.0";
    private const int LargestKept = 1_048_576;

    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    private ArrayBufferWriter<byte> _buffer = new(4_096);
    private readonly Utf8JsonWriter _json = new(Stream.Null, Options);

    /// <summary>The envelope; <paramref name="before"/> and <paramref name="after"/> null where there is none.</summary>
    public byte[] Write(in Change change, RowBuffer? before, RowBuffer? after)
    {
        Begin();
        _json.WriteStartObject();
        WriteRow("before"u8, change.Shape, before, change.IsBeforeKeyOnly);
        WriteRow("after"u8, change.Shape, after, keysOnly: false);
        WriteSource(change);
        Span<char> op = [change.Op];
        _json.WriteString("op"u8, op);
        _json.WriteNumber("ts_ms"u8, change.CapturedAt.ToUnixTimeMilliseconds());
        WriteTransaction(change);
        _json.WriteEndObject();
        return End();
    }

    /// <summary>The record key: a JSON object of the key columns; the table's name when it has none.</summary>
    public string WriteKey(TableShape shape, RowBuffer row)
    {
        if (!shape.HasKey)
            return shape.Table.FullName;
        Begin();
        _json.WriteStartObject();
        WriteColumns(shape, row, keysOnly: true);
        _json.WriteEndObject();
        return System.Text.Encoding.UTF8.GetString(End());
    }

    /// <inheritdoc/>
    public void Dispose() => _json.Dispose();

    private void WriteRow(ReadOnlySpan<byte> name, TableShape shape, RowBuffer? row, bool keysOnly)
    {
        if (row is null)
        {
            _json.WriteNull(name);
            return;
        }

        _json.WriteStartObject(name);
        WriteColumns(shape, row, keysOnly);
        _json.WriteEndObject();
    }

    private void WriteColumns(TableShape shape, RowBuffer row, bool keysOnly)
    {
        for (var i = 0; i < shape.Columns.Count; i++)
        {
            var column = shape.Columns[i];
            if (keysOnly && !column.IsKey)
                continue;
            _json.WritePropertyName(column.Json);
            switch (row.Kind(i))
            {
                case FieldKind.Value:
                    ValueWriter.Write(_json, column.Type, row[i]);
                    break;
                case FieldKind.Unchanged:
                    _json.WriteStringValue(ValueWriter.Unavailable);
                    break;
                default:
                    _json.WriteNullValue();
                    break;
            }
        }
    }

    private void WriteSource(in Change change)
    {
        _json.WriteStartObject("source"u8);
        _json.WriteString("version"u8, Version);
        _json.WriteString("connector"u8, "postgresql"u8);
        _json.WriteString("name"u8, plan.Name);
        _json.WriteNumber("ts_ms"u8, change.Time.ToUnixTimeMilliseconds());
        _json.WriteString("snapshot"u8, change.Snapshot);
        _json.WriteString("db"u8, plan.Database);
        _json.WriteString("schema"u8, change.Shape.Table.Name.Schema);
        _json.WriteString("table"u8, change.Shape.Table.Name.Table);
        WriteNumberOrNull("txId"u8, change.TransactionXid);
        WriteNumberOrNull("lsn"u8, change.Lsn == 0 ? null : (long)change.Lsn);
        _json.WriteEndObject();
    }

    private void WriteTransaction(in Change change)
    {
        if (change.TransactionId is not { } id)
        {
            _json.WriteNull("transaction"u8);
            return;
        }

        _json.WriteStartObject("transaction"u8);
        _json.WriteString("id"u8, id);
        _json.WriteNumber("total_order"u8, change.Order);
        _json.WriteNumber("data_collection_order"u8, change.CollectionOrder);
        _json.WriteEndObject();
    }

    private void WriteNumberOrNull(ReadOnlySpan<byte> name, long? value)
    {
        if (value is { } number)
            _json.WriteNumber(name, number);
        else
            _json.WriteNull(name);
    }

    private void Begin()
    {
        if (_buffer.Capacity > LargestKept)
            _buffer = new ArrayBufferWriter<byte>(4_096);
        _buffer.ResetWrittenCount();
        _json.Reset(_buffer);
    }

    private byte[] End()
    {
        _json.Flush();
        return _buffer.WrittenSpan.ToArray();
    }

    /// <summary>A transaction's id in the envelope: <c>{xid}:{commit LSN}</c>.</summary>
    public static string TransactionId(uint xid, ulong lsn) => string.Create(CultureInfo.InvariantCulture, $"{xid}:{lsn}");
}
