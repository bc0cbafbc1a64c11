using System.Globalization;
using System.Text;
using System.Text.Json;
using EventSourcing.MqAdapter.Options;

namespace EventSourcing.MqAdapter.Decoding;

/// <summary>One field of a record: where it is and how it reads.</summary>
internal sealed record RecordField(string Name, int Offset, Picture Picture, FieldUsage Usage, Encoding Charset, bool IsEbcdic)
{
    private const byte LowValue = 0x00;

    /// <summary>Bytes of the field.</summary>
    public int Length { get; } = Picture.Length(Usage);

    /// <summary>Writes the field as a JSON member; a blank text is left out. What is wrong with it, never its content; null when nothing is.</summary>
    public string? Write(ReadOnlySpan<byte> record, Utf8JsonWriter json)
    {
        var bytes = record.Slice(Offset, Length);
        return Picture.IsNumeric ? WriteNumber(bytes, json) : WriteText(bytes, json);
    }

    private string? WriteNumber(ReadOnlySpan<byte> bytes, Utf8JsonWriter json)
    {
        var wrong = 0;
        var value = Usage switch
        {
            FieldUsage.Comp => Decimals.ReadBinary(bytes, Picture.IsSigned, Picture.Scale),
            FieldUsage.Comp3 => Decimals.ReadPacked(bytes, Picture.Scale, out wrong),
            _ when IsEbcdic => Decimals.ReadZonedEbcdic(bytes, Picture.Scale, out wrong),
            _ => Decimals.ReadZonedAscii(bytes, Picture.Scale, out wrong),
        };
        if (value is not { } number)
        {
            var form = Usage == FieldUsage.Comp3 ? "packed" : "zoned";
            return string.Create(CultureInfo.InvariantCulture, $"field {Name} is no {form} decimal: byte 0x{bytes[wrong]:X2} at offset {Offset + wrong}");
        }

        if (number < 0 && !Picture.IsSigned)
            return $"field {Name} is negative, and its picture has no sign";
        json.WriteNumber(Name, number);
        return null;
    }

    private string? WriteText(ReadOnlySpan<byte> bytes, Utf8JsonWriter json)
    {
        try
        {
            var text = Charset.GetString(bytes.TrimEnd(LowValue)).TrimEnd(' ');
            if (text.Length > 0)
                json.WriteString(Name, text);
            return null;
        }
        catch (DecoderFallbackException unknown)
        {
            return $"field {Name} has a byte that is no character of {Charset.WebName} at offset {Offset + Math.Max(0, unknown.Index)}";
        }
    }
}
