using System.Text.Json;
using EventSourcing.EventBackbone;
using EventSourcing.WebEvents.Contracts;
using EventSourcing.WebEvents.Intake;

namespace EventSourcing.WebEvents.Endpoints;

/// <summary>What a body is as JSON, found in one pass that builds nothing.</summary>
/// <param name="Root">Its first token.</param>
/// <param name="Elements">Members of the array when <paramref name="Root"/> starts one.</param>
internal readonly record struct JsonShape(JsonTokenType Root, int Elements)
{
    // The batch array, the event object, and the data with their own levels.
    private const int MaxDepth = WebEventsJson.MaxDepth + 2;

    /// <summary>Reads the shape; returns why the body is no JSON, null when it is.</summary>
    public static Rejection? Read(ReadOnlySpan<byte> body, out JsonShape shape)
    {
        shape = default;
        if (!JsonData.IsUtf8(body))
            return Refusals.InvalidUtf8();
        try
        {
            var reader = new Utf8JsonReader(body, new JsonReaderOptions { MaxDepth = MaxDepth });
            reader.Read();
            shape = new JsonShape(reader.TokenType, reader.TokenType == JsonTokenType.StartArray ? CountElements(ref reader) : 0);
            while (reader.Read())
            {
                // To the end: trailing text or an unclosed object throws.
            }

            return null;
        }
        catch (JsonException defect)
        {
            return Refusals.MalformedJson($"The body is no JSON: {defect.Message}");
        }
    }

    private static int CountElements(ref Utf8JsonReader reader)
    {
        var count = 0;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            reader.Skip();
            count++;
        }

        return count;
    }
}
