namespace EventSourcing.EventBackbone.Kafka;

/// <summary>What the library asks of a record beyond the client.</summary>
internal static class RecordExtensions
{
    /// <summary>Record header that marks an event which may be on the topic already.</summary>
    public const string RedeliveryHeader = "redelivery";

    private static readonly byte[] PossibleDuplicate = "possible-duplicate"u8.ToArray();

    /// <summary>Bytes of key, value, and header names and values.</summary>
    public static int SizeInBytes(this Record record)
    {
        var bytes = (long)(record.Key?.Length ?? 0) + (record.Value?.Length ?? 0);
        if (record.Headers is { } headers)
            for (var index = 0; index < headers.Count; index++)
                bytes += headers[index].Key.Length + (headers[index].GetValueBytes()?.Length ?? 0);
        return (int)Math.Min(bytes, int.MaxValue);
    }

    /// <summary>Says in the record that it may be on the topic already.</summary>
    public static void MarkPossibleDuplicate(this Record record)
    {
        record.Headers ??= [];
        if (!record.Headers.TryGetLastBytes(RedeliveryHeader, out _))
            record.Headers.Add(RedeliveryHeader, PossibleDuplicate);
    }
}
