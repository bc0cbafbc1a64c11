using System.Text.Json.Serialization;

namespace EventSourcing.EventBackbone;

/// <summary>A receipt as JSON.</summary>
/// <param name="Level"><c>queued</c>, <c>spooled</c> or <c>stored</c>.</param>
/// <param name="Topic">The topic the event is in or on its way to.</param>
/// <param name="Partition">Partition of the stored record; absent below <c>stored</c>.</param>
/// <param name="Offset">Offset of the stored record; absent below <c>stored</c>, and with <c>acks=0</c>.</param>
public sealed record ReceiptBody(string Level, string Topic, int? Partition, long? Offset)
{
    /// <summary>The body of an accepted event's answer.</summary>
    public static ReceiptBody Of(in Receipt receipt) => new(
        receipt.Level switch { ReceiptLevel.Queued => "queued", ReceiptLevel.Spooled => "spooled", _ => "stored" },
        receipt.Topic,
        receipt.Partition >= 0 ? receipt.Partition : null,
        receipt.Offset >= 0 ? receipt.Offset : null);
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ReceiptBody))]
internal sealed partial class ReceiptJsonContext : JsonSerializerContext;
