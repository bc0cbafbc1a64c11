using System.Text.Json;
using EventSourcing.EventBackbone;

namespace EventSourcing.HttpIntake;

/// <summary>What a body is as JSON, found in one pass that builds nothing.</summary>
/// <param name="Root">Its first token.</param>
/// <param name="Elements">Members of the array when <paramref name="Root"/> starts one.</param>
public readonly record struct JsonShape(JsonTokenType Root, int Elements)
{
    // The batch array and the event object.
    private const int EnvelopeDepth = 2;

    /// <summary>Reads the shape; returns why the body is no JSON, null when it is.</summary>
    /// <param name="body">The body.</param>
    /// <param name="maxDataDepth">Deepest nesting of event data, levels; the batch and the event come on top.</param>
    /// <param name="shape">The shape.</param>
    public static Rejection? Read(ReadOnlySpan<byte> body, int maxDataDepth, out JsonShape shape)
    {
        shape = default;
        if (!JsonData.IsUtf8(body))
            return IntakeRefusals.InvalidUtf8();
        try
        {
            var reader = new Utf8JsonReader(body, new JsonReaderOptions { MaxDepth = maxDataDepth + EnvelopeDepth });
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
            return IntakeRefusals.MalformedJson($"The body is no JSON: {defect.Message}");
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
