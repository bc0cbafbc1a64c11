using System.Buffers;
using System.Text.Json;

namespace EventSourcing.PostgresCdc.Decoding;

/// <summary>PostgreSQL's text form as JSON. The session's settings fix that form: ISO dates, UTC, hex bytes, shortest floats.</summary>
internal static class ValueWriter
{
    /// <summary>What stands for a value that is not available, in Debezium's words.</summary>
    public static ReadOnlySpan<byte> Unavailable => "__debezium_unavailable_value"u8;

    /// <summary>Writes a value; <paramref name="text"/> is not NULL.</summary>
    public static void Write(Utf8JsonWriter json, PgType type, ReadOnlySpan<byte> text)
    {
        switch (type.Form)
        {
            case JsonForm.Number when IsNumber(text):
                json.WriteRawValue(text, skipInputValidation: true);
                break;
            case JsonForm.Boolean when text is [var letter]:
                json.WriteBooleanValue(letter == (byte)'t');
                break;
            case JsonForm.Bytes when text.StartsWith("\\x"u8):
                WriteBytes(json, text[2..]);
                break;
            case JsonForm.Timestamp:
                WriteTimestamp(json, text);
                break;
            case JsonForm.Array:
                ArrayText.Write(json, type, text);
                break;
            default:
                json.WriteStringValue(text);
                break;
        }
    }

    // NaN, Infinity and -Infinity are no JSON numbers.
    private static bool IsNumber(ReadOnlySpan<byte> text) => text is [.., var last] && last is >= (byte)'0' and <= (byte)'9';

    private static void WriteBytes(Utf8JsonWriter json, ReadOnlySpan<byte> hex)
    {
        var bytes = ArrayPool<byte>.Shared.Rent(hex.Length / 2);
        if (Convert.FromHexString(hex, bytes, out _, out var length) == OperationStatus.Done)
            json.WriteBase64StringValue(bytes.AsSpan(0, length));
        else
            json.WriteStringValue(hex);
        ArrayPool<byte>.Shared.Return(bytes);
    }

    // 2026-03-01 09:30:00.123456+00 becomes 2026-03-01T09:30:00.123456Z; infinity and years BC stay as they are.
    private static void WriteTimestamp(Utf8JsonWriter json, ReadOnlySpan<byte> text)
    {
        var blank = text.IndexOf((byte)' ');
        if (blank < 0 || text.Length > 40 || text.EndsWith("BC"u8))
        {
            json.WriteStringValue(text);
            return;
        }

        Span<byte> iso = stackalloc byte[text.Length];
        text.CopyTo(iso);
        iso[blank] = (byte)'T';
        if (text.EndsWith("+00"u8))
        {
            iso = iso[..^2];
            iso[^1] = (byte)'Z';
        }

        json.WriteStringValue(iso);
    }
}
