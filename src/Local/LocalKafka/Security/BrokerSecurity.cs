using Microsoft.Extensions.Logging;

namespace EventSourcing.LocalKafka.Security;

/// <summary>What secure listeners need; null where none does.</summary>
internal sealed record BrokerSecurity(TlsServer? Tls, UserStore? Users)
{
    /// <exception cref="IOException">A file cannot be read or written.</exception>
    /// <exception cref="InvalidDataException">The certificate or the users cannot be used.</exception>
    public static BrokerSecurity Load(IReadOnlyList<ListenerSettings> listeners, LocalKafkaOptions options, string dataDirectory, ILogger logger) => new(
        listeners.Any(listener => listener.UsesTls)
            ? new TlsServer(BrokerCertificate.Load(options.Security, dataDirectory, HostsOf(listeners), options.TimeProvider), options.TimeProvider, logger)
            : null,
        listeners.Any(listener => listener.UsesSasl) ? new UserStore(options.Security, UsersFile.ReadAll(options.Security)) : null);

    private static HashSet<string> HostsOf(IReadOnlyList<ListenerSettings> listeners) =>
        [.. listeners.Select(listener => listener.AdvertisedHost), System.Net.Dns.GetHostName(), "localhost", "127.0.0.1", "::1"];
}
