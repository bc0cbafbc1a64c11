using System.Buffers;
using System.Text.Json;
using EventSourcing.MqAdapter.Options;

namespace EventSourcing.MqAdapter.Decoding;

/// <summary>A copybook's record: its fields and its length.</summary>
internal sealed class RecordLayout
{
    /// <summary>Name of fields that nobody reads.</summary>
    public const string Filler = "FILLER";

    private readonly RecordField[] _fields;

    /// <summary>Puts the fields one behind the other, or where they say.</summary>
    public RecordLayout(QueueOptions queue)
    {
        var charset = Charsets.Find(queue.Charset);
        var isEbcdic = Charsets.IsEbcdic(charset);
        var fields = new List<RecordField>();
        var end = 0;
        foreach (var field in queue.Fields)
        {
            var next = new RecordField(field.Name, field.Offset ?? end, Picture.Parse(field.Picture), field.Usage, charset, isEbcdic);
            fields.Add(next);
            end = next.Offset + next.Length;
        }

        _fields = [.. fields.Where(field => field.Name != Filler)];
        Length = queue.RecordLength ?? fields.Max(static field => field.Offset + field.Length);
    }

    /// <summary>Bytes of a record.</summary>
    public int Length { get; }

    /// <summary>A record as a JSON object; null, and what is wrong, when it is none.</summary>
    public byte[]? ToJson(ReadOnlySpan<byte> record, out string? error)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using var json = new Utf8JsonWriter(buffer);
        json.WriteStartObject();
        foreach (var field in _fields)
        {
            error = field.Write(record, json);
            if (error is not null)
                return null;
        }

        json.WriteEndObject();
        json.Flush();
        error = null;
        return buffer.WrittenSpan.ToArray();
    }
}
