using System.Globalization;
using Confluent.Kafka;

namespace EventSourcing.TextConsumer;

/// <summary>A record as one line, in the words of the Java client.</summary>
internal static class RecordText
{
    /// <summary><c>Received :ConsumerRecord(topic = text-topic, partition = 0, offset = 0, CreateTime = 1767225600000, key = null, value = this is the first line)</c></summary>
    public static string Of(ConsumeResult<string?, string?> result) => string.Create(
        CultureInfo.InvariantCulture,
        $"Received :ConsumerRecord(topic = {result.Topic}, partition = {result.Partition.Value}, offset = {result.Offset.Value}, {result.Message.Timestamp.Type} = {result.Message.Timestamp.UnixTimestampMs}, key = {result.Message.Key ?? "null"}, value = {result.Message.Value ?? "null"})");
}
