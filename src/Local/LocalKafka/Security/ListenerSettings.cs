using System.Net;

namespace EventSourcing.LocalKafka.Security;

/// <summary>A listener as it is used: the first one of the options, or one beside it.</summary>
internal sealed record ListenerSettings(SecurityProtocol SecurityProtocol, IPEndPoint Address, string AdvertisedHost, int AdvertisedPort)
{
    public bool UsesTls => SecurityProtocol is SecurityProtocol.Ssl or SecurityProtocol.SaslSsl;

    public bool UsesSasl => SecurityProtocol is SecurityProtocol.SaslPlaintext or SecurityProtocol.SaslSsl;

    /// <summary>The name in Kafka's settings.</summary>
    public string ProtocolName => NameOf(SecurityProtocol);

    public static string NameOf(SecurityProtocol protocol) => protocol switch
    {
        SecurityProtocol.Ssl => "SSL",
        SecurityProtocol.SaslPlaintext => "SASL_PLAINTEXT",
        SecurityProtocol.SaslSsl => "SASL_SSL",
        _ => "PLAINTEXT",
    };

    public static List<ListenerSettings> Of(LocalKafkaOptions options)
    {
        var host = HostOf(options);
        return
        [
            new(options.SecurityProtocol, new IPEndPoint(options.Address, options.Port), host, options.AdvertisedPort),
            .. options.AdditionalListeners.Select(listener => new ListenerSettings(
                listener.SecurityProtocol, new IPEndPoint(options.Address, listener.Port), listener.AdvertisedHost ?? host, listener.AdvertisedPort)),
        ];
    }

    private static string HostOf(LocalKafkaOptions options)
    {
        if (options.AdvertisedHost is { } host)
            return host;
        var isAny = options.Address.Equals(IPAddress.Any) || options.Address.Equals(IPAddress.IPv6Any);
        return isAny ? Dns.GetHostName() : options.Address.ToString();
    }
}
