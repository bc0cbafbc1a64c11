using EventSourcing.CloudEvents.Attributes;

namespace EventSourcing.CloudEvents.Kafka;

/// <summary>The header keys of the Kafka binding (section 3.2.2).</summary>
internal static class KafkaHeaders
{
    public const string Prefix = "ce_";
    public const string ContentType = "content-type";
    public const string SpecVersion = "ce_specversion";

    public static readonly PrefixedNames Names = new(Prefix);

    public static bool IsAttribute(string key) => key.StartsWith(Prefix, StringComparison.Ordinal);
}
