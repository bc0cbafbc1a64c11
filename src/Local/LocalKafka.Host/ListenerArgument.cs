using System.Globalization;

namespace EventSourcing.LocalKafka.Host;

/// <summary>A listener as the command line writes it: <c>PROTOCOL:PORT[=HOST:PORT]</c>.</summary>
internal static class ListenerArgument
{
    /// <summary>Null when the text is not of that form.</summary>
    public static LocalKafkaListener? Parse(string text)
    {
        var equals = text.IndexOf('=', StringComparison.Ordinal);
        var advertised = equals < 0 ? null : HostAndPort.Parse(text[(equals + 1)..]);
        var parts = (equals < 0 ? text : text[..equals]).Split(':');
        if (parts.Length != 2 || ProtocolOf(parts[0]) is not { } protocol || (equals >= 0 && advertised is null))
            return null;
        if (!int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var port) || port > 65_535)
            return null;
        return new LocalKafkaListener(protocol, port) { AdvertisedHost = advertised?.Host, AdvertisedPort = advertised?.Port ?? 0 };
    }

    /// <summary>Kafka's names.</summary>
    public static SecurityProtocol? ProtocolOf(string? name) => name switch
    {
        "PLAINTEXT" => SecurityProtocol.Plaintext,
        "SSL" => SecurityProtocol.Ssl,
        "SASL_PLAINTEXT" => SecurityProtocol.SaslPlaintext,
        "SASL_SSL" => SecurityProtocol.SaslSsl,
        _ => null,
    };
}
