using System.Buffers;
using System.Text.Json;

namespace EventSourcing.PostgresCdc.Decoding;

/// <summary>
/// PostgreSQL's array literals as JSON arrays: <c>{1,NULL,"a \"b\""}</c>, nested braces for further dimensions, an optional prefix
/// <c>[0:1]=</c> for other lower bounds, which JSON cannot tell.
/// </summary>
internal static class ArrayText
{
    /// <summary>Writes the array; a literal that is none is written as the string it is.</summary>
    public static void Write(Utf8JsonWriter json, PgType type, ReadOnlySpan<byte> text)
    {
        var open = text.IndexOf((byte)'{');
        if (open < 0 || text[^1] != (byte)'}')
        {
            json.WriteStringValue(text);
            return;
        }

        var scratch = ArrayPool<byte>.Shared.Rent(text.Length);
        var at = open;
        WriteLevel(json, type.Element!, text, ref at, scratch);
        ArrayPool<byte>.Shared.Return(scratch);
    }

    private static void WriteLevel(Utf8JsonWriter json, PgType element, ReadOnlySpan<byte> text, ref int at, byte[] scratch)
    {
        json.WriteStartArray();
        at++;                                                 // {
        while (at < text.Length && text[at] != (byte)'}')
        {
            if (text[at] == (byte)',')
                at++;
            if (text[at] == (byte)'{')
                WriteLevel(json, element, text, ref at, scratch);
            else
                WriteElement(json, element, text, ref at, scratch);
        }

        at++;                                                 // }
        json.WriteEndArray();
    }

    private static void WriteElement(Utf8JsonWriter json, PgType element, ReadOnlySpan<byte> text, ref int at, byte[] scratch)
    {
        var isQuoted = text[at] == (byte)'"';
        var length = isQuoted ? Unquote(text, ref at, scratch) : Copy(text, ref at, scratch);
        var value = scratch.AsSpan(0, length);
        if (!isQuoted && value.SequenceEqual("NULL"u8))
            json.WriteNullValue();
        else
            ValueWriter.Write(json, element, value);
    }

    private static int Unquote(ReadOnlySpan<byte> text, ref int at, byte[] scratch)
    {
        var length = 0;
        for (at++; at < text.Length && text[at] != (byte)'"'; at++)
        {
            if (text[at] == (byte)'\\')
                at++;
            scratch[length++] = text[at];
        }

        at++;                                                 // closing quote
        return length;
    }

    private static int Copy(ReadOnlySpan<byte> text, ref int at, byte[] scratch)
    {
        var rest = text[at..];
        var length = rest.IndexOfAny((byte)',', (byte)'}');
        length = length < 0 ? rest.Length : length;
        rest[..length].CopyTo(scratch);
        at += length;
        return length;
    }
}
