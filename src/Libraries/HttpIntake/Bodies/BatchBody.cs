using System.Text.Json;
using EventSourcing.EventBackbone;

namespace EventSourcing.HttpIntake;

/// <summary>A body that must hold a JSON array of events.</summary>
public static class BatchBody
{
    /// <summary>Why the body as a whole is refused; null when its members can be looked at.</summary>
    /// <param name="body">The body.</param>
    /// <param name="limit">Most events of a batch, count.</param>
    /// <param name="maxDataDepth">Deepest nesting of event data, levels.</param>
    /// <param name="count">Members of the array.</param>
    public static Rejection? FindDefect(ReadOnlySpan<byte> body, int limit, int maxDataDepth, out int count)
    {
        var defect = JsonShape.Read(body, maxDataDepth, out var shape);
        count = shape.Elements;
        if (defect is not null)
            return defect;
        if (shape.Root != JsonTokenType.StartArray)
            return Rejection.Invalid("The body must be a JSON array of CloudEvents.");
        return count > limit ? IntakeRefusals.TooManyEvents(limit) : null;
    }

    /// <summary>The id of a member that is no event, so that its sender finds it; null when it has none.</summary>
    public static string? TryReadId(ReadOnlySpan<byte> member)
    {
        var reader = new Utf8JsonReader(member);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            return null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isId = reader.ValueTextEquals("id"u8);
            reader.Read();
            if (isId)
                return reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
            reader.Skip();
        }

        return null;
    }
}
