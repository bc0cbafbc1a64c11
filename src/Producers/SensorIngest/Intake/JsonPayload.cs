using System.Text.Json;
using System.Text.Unicode;
using EventSourcing.EventBackbone;

namespace EventSourcing.SensorIngest.Intake;

/// <summary>What bytes are as JSON, found in passes that build nothing.</summary>
internal static class JsonPayload
{
    /// <summary>Why the bytes are no JSON text in UTF-8; null when they are.</summary>
    public static Rejection? FindError(ReadOnlySpan<byte> json)
    {
        if (!Utf8.IsValid(json))
            return Refusals.Malformed("The payload is not UTF-8.");
        try
        {
            var reader = new Utf8JsonReader(json);
            while (reader.Read())
            {
                // To the end: an unclosed value or trailing text throws.
            }

            return null;
        }
        catch (JsonException malformed)
        {
            return Refusals.Malformed($"The payload is no JSON: {malformed.Message}");
        }
    }

    /// <summary>True when valid JSON is an array.</summary>
    public static bool IsArray(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        return reader.Read() && reader.TokenType == JsonTokenType.StartArray;
    }

    /// <summary>Where the members of a valid JSON array lie, at most <paramref name="limit"/> and one more.</summary>
    public static List<Range> MembersOf(ReadOnlySpan<byte> array, int limit)
    {
        var members = new List<Range>();
        var reader = new Utf8JsonReader(array);
        reader.Read();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray && members.Count <= limit)
        {
            var start = (int)reader.TokenStartIndex;
            reader.Skip();
            members.Add(start..(int)reader.BytesConsumed);
        }

        return members;
    }
}
