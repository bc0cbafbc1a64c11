using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace EventSourcing.Ledger;

/// <summary>Shows a record's value as what it is: JSON, text or bytes.</summary>
internal static class TapData
{
    public static TapEvent Fill(TapEvent tapped, byte[] value)
    {
        if (!Utf8.IsValid(value))
            return tapped with { DataBase64 = value };
        return IsJson(tapped.Attribute("datacontenttype")) && TryParse(value, out var json)
            ? tapped with { Data = json }
            : tapped with { Text = Encoding.UTF8.GetString(value) };
    }

    private static bool IsJson(string? contentType)
    {
        var mediaType = contentType?.Split(';')[0].Trim() ?? "application/json";
        return mediaType.EndsWith("/json", StringComparison.OrdinalIgnoreCase) || mediaType.EndsWith("+json", StringComparison.OrdinalIgnoreCase);
    }

    private static bool TryParse(byte[] value, out JsonElement json)
    {
        var reader = new Utf8JsonReader(value);
        json = default;
        try
        {
            if (!JsonElement.TryParseValue(ref reader, out var parsed))
                return false;
            json = parsed.Value;
            return reader.BytesConsumed == value.Length;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
