namespace EventSourcing.LocalKafka.Tests.Judges;

/// <summary>A record on its way into a Node.js client.</summary>
internal sealed record NodeRecord(string? Key, string? Value, IReadOnlyDictionary<string, string> Headers)
{
    public static NodeRecord[] Numbered(int count) =>
        [.. Enumerable.Range(0, count).Select(i => new NodeRecord($"key-{i % 11}", $"value {i}", new Dictionary<string, string> { ["n"] = $"{i}" }))];

    /// <summary>Everything that must survive, in one comparable text.</summary>
    public override string ToString() => $"{Key}={Value} {string.Join(',', Headers.Select(header => $"{header.Key}:{header.Value}"))}";
}
