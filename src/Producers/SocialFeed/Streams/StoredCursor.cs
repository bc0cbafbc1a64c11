using System.Text.Json.Serialization;

namespace EventSourcing.SocialFeed.Streams;

/// <summary>How far a stream was taken.</summary>
/// <param name="Cursor">The id of the last event before which none is missing; null at the very beginning.</param>
/// <param name="IsExact">True when nothing behind it was begun: the process stopped in order. Else what follows may be on the topic already.</param>
internal sealed record StoredCursor(string? Cursor, bool IsExact)
{
    /// <summary>Nothing was ever read.</summary>
    public static readonly StoredCursor Beginning = new(null, IsExact: true);
}

/// <summary>How cursors are written.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(StoredCursor))]
[JsonSerializable(typeof(CursorReport))]
internal sealed partial class StreamJson : JsonSerializerContext;

/// <summary>What the sender of a stream is told.</summary>
/// <param name="Cursor">Everything up to this one is stored, spooled or a dead letter.</param>
internal sealed record CursorReport(string? Cursor);
