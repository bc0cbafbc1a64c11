using EventSourcing.LocalKafka.Protocol;

namespace EventSourcing.LocalKafka.Security;

/// <summary>One connection's way to being served: at once, or after SASL.</summary>
/// <param name="listener">Where the connection came in, and what its client is told to connect to.</param>
/// <param name="users">Who may authenticate; null where nobody has to.</param>
internal sealed class ClientSession(AdvertisedListener listener, UserStore? users)
{
    /// <summary>Largest request before the client is known (Kafka: <c>sasl.server.max.receive.size</c>).</summary>
    public const int MaxBytesBeforeAuthentication = 512 << 10;

    private ISaslServer? _server;

    public AdvertisedListener Listener { get; } = listener;

    /// <summary>Null on a listener without SASL.</summary>
    public UserStore? Users { get; } = users;

    public bool IsAuthenticated { get; private set; } = users is null;

    /// <summary>True for what anybody may ask.</summary>
    public bool Allows(ApiKey api) => IsAuthenticated || api is ApiKey.ApiVersions or ApiKey.SaslHandshake or ApiKey.SaslAuthenticate;

    /// <summary>Chooses the mechanism.</summary>
    public ErrorCode Begin(string mechanism)
    {
        if (Users is null || IsAuthenticated || _server is not null)
            return ErrorCode.IllegalSaslState;
        _server = Users.Begin(mechanism);
        return _server is null ? ErrorCode.UnsupportedSaslMechanism : ErrorCode.None;
    }

    /// <summary>Answers the client's next message of the mechanism; null when none was chosen, or the client is known already.</summary>
    /// <exception cref="SaslException">The client is not who it says it is.</exception>
    public byte[]? Answer(ReadOnlySpan<byte> message)
    {
        if (_server is not { } server)
            return null;
        var answer = server.Answer(message);
        if (server.User is not null)
            (IsAuthenticated, _server) = (true, null);
        return answer;
    }
}

/// <summary>A listener as its clients are told of it.</summary>
internal sealed record AdvertisedListener(SecurityProtocol SecurityProtocol, string Host, int Port)
{
    /// <summary>The address as clients take it in a setting, with brackets around an IPv6 address.</summary>
    public string BootstrapServers => Host.Contains(':', StringComparison.Ordinal) ? $"[{Host}]:{Port}" : $"{Host}:{Port}";
}
