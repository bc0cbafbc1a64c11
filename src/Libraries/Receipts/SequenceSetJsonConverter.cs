using System.Text.Json;
using System.Text.Json.Serialization;

namespace EventSourcing.Receipts;

/// <summary>Writes a set as a JSON string of ranges: <c>"1-5000,5002"</c>.</summary>
internal sealed class SequenceSetJsonConverter : JsonConverter<SequenceSet>
{
    public override SequenceSet Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.String && SequenceSet.TryParse(reader.GetString(), out var set))
            return set;
        throw new JsonException($"Expected a string of ranges like \"1-5000,5002\" with numbers from 1 to {SequenceSet.MaxSequence}.");
    }

    public override void Write(Utf8JsonWriter writer, SequenceSet value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
}
