using System.Globalization;
using System.Text;
using Confluent.Kafka;

namespace EventSourcing.Ledger.Tests;

/// <summary>Makes records as producers of the topology write them.</summary>
internal static class Records
{
    public static Message<byte[]?, byte[]?> Event(
        string source, long sequence, string? key = "k", bool marked = false, DateTimeOffset? time = null, string? traceParent = null)
    {
        var message = Message(key, "{\"n\":1}");
        Header(message, "ce_specversion", "1.0");
        Header(message, "ce_id", $"{source}#{sequence}");
        Header(message, "ce_source", source);
        Header(message, "ce_type", "io.eventsourcing.test.v1");
        Header(message, "ce_sequence", sequence.ToString("D12", CultureInfo.InvariantCulture));
        if (time is { } at)
            Header(message, "ce_time", at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'", CultureInfo.InvariantCulture));
        Header(message, "content-type", "application/json");
        if (marked)
            Header(message, "redelivery", "possible-duplicate");
        if (traceParent is not null)
            Header(message, "traceparent", traceParent);
        return message;
    }

    public static Message<byte[]?, byte[]?> DeadLetter(string reason)
    {
        var message = Event("/gateways/1", 1);
        message.Headers.Remove("ce_sequence");
        Header(message, "ce_reason", reason);
        return message;
    }

    public static Message<byte[]?, byte[]?> Message(string? key, string value) => new()
    {
        Key = key is null ? null : Encoding.UTF8.GetBytes(key),
        Value = Encoding.UTF8.GetBytes(value),
        Headers = [],
    };

    public static Message<byte[]?, byte[]?> Header(Message<byte[]?, byte[]?> message, string name, string value)
    {
        message.Headers.Add(name, Encoding.UTF8.GetBytes(value));
        return message;
    }
}
