using System.Text.Json;

namespace EventSourcing.TestKit.Kafka;

/// <summary>A record as kcat saw it. Key and value are null where the record has none; bytes that are not UTF-8 do not survive kcat's JSON.</summary>
public sealed record KcatRecord(string Topic, int Partition, long Offset, long TimestampMs, IReadOnlyList<KeyValuePair<string, string?>> Headers, string? Key, string? Value)
{
    /// <summary>The first header of that name, or null.</summary>
    public string? Header(string name) => Headers.FirstOrDefault(header => header.Key == name).Value;

    /// <summary>Reads one line that <c>kcat -J</c> printed.</summary>
    public static KcatRecord Parse(string line)
    {
        using var document = JsonDocument.Parse(line);
        var record = document.RootElement;
        return new KcatRecord(
            record.GetProperty("topic").GetString()!,
            record.GetProperty("partition").GetInt32(),
            record.GetProperty("offset").GetInt64(),
            record.GetProperty("ts").GetInt64(),
            record.TryGetProperty("headers", out var headers) ? ReadHeaders(headers) : [],
            record.GetProperty("key").GetString(),
            record.GetProperty("payload").GetString());
    }

    // kcat prints headers as one flat array: name, value, name, value.
    private static List<KeyValuePair<string, string?>> ReadHeaders(JsonElement flat) =>
        [.. flat.EnumerateArray().Chunk(2).Select(pair => KeyValuePair.Create(pair[0].GetString()!, pair[1].GetString()))];
}
