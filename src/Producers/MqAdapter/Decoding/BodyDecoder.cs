using System.Globalization;
using System.Text;
using System.Text.Json;
using EventSourcing.MqAdapter.Contracts;
using EventSourcing.MqAdapter.Options;

namespace EventSourcing.MqAdapter.Decoding;

/// <summary>Decodes the bodies of one queue: all of a message's records, or none and why.</summary>
internal sealed class BodyDecoder
{
    private readonly QueueOptions _queue;
    private readonly Encoding _charset;
    private readonly RecordLayout? _layout;
    private readonly int _maxRecords;

    public BodyDecoder(QueueOptions queue, int maxRecords)
    {
        (_queue, _maxRecords) = (queue, maxRecords);
        _charset = Charsets.Find(queue.Charset);
        _layout = queue.Format == BodyFormat.Records ? new RecordLayout(queue) : null;
    }

    /// <summary>The records of a body.</summary>
    /// <param name="body">The body's bytes; text that came as a string is UTF-8.</param>
    /// <param name="isString">It came as a string, so its character set is settled.</param>
    /// <param name="error">What is wrong, without the content.</param>
    public List<DecodedRecord>? Decode(ReadOnlyMemory<byte> body, bool isString, out string? error)
    {
        if (_layout is { } layout)
            return isString ? Fail("The body is a string; records need bytes.", out error) : DecodeRecords(layout, body, out error);
        try
        {
            var text = isString ? body : Encoding.UTF8.GetBytes(_charset.GetString(body.Span)).AsMemory();
            if (_queue.Format == BodyFormat.Json)
                return DecodeJson(text.ToArray(), "The body", out error) is { } json ? [json] : null;
            error = null;
            return [new DecodedRecord(text.ToArray(), "text/plain; charset=utf-8")];
        }
        catch (DecoderFallbackException unknown)
        {
            return Fail($"The body is not in {_charset.WebName}: the byte at offset {unknown.Index} is none of its characters.", out error);
        }
    }

    private List<DecodedRecord>? DecodeRecords(RecordLayout layout, ReadOnlyMemory<byte> body, out string? error)
    {
        var (count, rest) = Math.DivRem(body.Length, layout.Length);
        if (count == 0 || rest != 0)
            return Fail($"The body has {body.Length} bytes, which is no multiple of the record length {layout.Length}.", out error);
        if (count > _maxRecords)
            return Fail($"The body has {count} records; the limit is {_maxRecords} (Mq:MaxRecords).", out error);
        var records = new List<DecodedRecord>(count);
        for (var i = 0; i < count; i++)
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"Record {i}");
            if (layout.ToJson(body.Span.Slice(i * layout.Length, layout.Length), out error) is not { } json)
                return Fail($"{name}: {error}.", out error);
            if (DecodeJson(json, name, out error) is not { } record)
                return null;
            records.Add(record);
        }

        error = null;
        return records;
    }

    private DecodedRecord? DecodeJson(byte[] json, string what, out string? error)
    {
        error = StoreSaleContract.FindError(_queue.EventType, json, what);
        if (error is not null)
            return null;
        var (key, time) = ((string?)null, (DateTimeOffset?)null);
        if (_queue.KeyFrom == KeySource.Field || _queue.TimeField is not null)
        {
            using var document = JsonDocument.Parse(json);
            key = _queue.KeyFrom == KeySource.Field ? ValueOf(document.RootElement, _queue.KeyField!) : null;
            if (_queue.KeyFrom == KeySource.Field && string.IsNullOrEmpty(key))
                error = $"{what} has no field {_queue.KeyField}, which is its key.";
            else if (_queue.TimeField is { } field && ValueOf(document.RootElement, field) is { } text)
                time = ParseTime(text, $"{what}: field {field}", out error);
        }

        return error is null ? new DecodedRecord(json, "application/json", key, time) : null;
    }

    private static string? ValueOf(JsonElement data, string field) => data.ValueKind != JsonValueKind.Object || !data.TryGetProperty(field, out var value)
        ? null
        : value.ValueKind switch
        {
            JsonValueKind.String => value.GetString(),
            JsonValueKind.Number => value.GetRawText(),
            _ => null,
        };

    private static DateTimeOffset? ParseTime(string text, string what, out string? error)
    {
        var isTime = DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time);
        error = isTime ? null : $"{what} is no time.";
        return isTime ? time : null;
    }

    private static List<DecodedRecord>? Fail(string reason, out string? error)
    {
        error = reason;
        return null;
    }
}
