namespace EventSourcing.LocalKafka.Tests.Judges;

/// <summary>A record as a Node.js client received it.</summary>
internal sealed record ConsumedNodeRecord(int Member, int Partition, long Offset, string? Key, string? Value, IReadOnlyDictionary<string, string> Headers)
{
    public string Content => new NodeRecord(Key, Value, Headers).ToString();
}
