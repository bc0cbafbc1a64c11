using Amqp;
using Amqp.Sasl;
using EventSourcing.MqAdapter.Options;

namespace EventSourcing.MqAdapter.Mq;

/// <summary>The broker's address and how to connect to it, from <c>ConnectionStrings:mq</c>.</summary>
internal sealed class MqAddress
{
    /// <summary>Name of the connection string.</summary>
    public const string ConnectionName = "mq";

    private const int DefaultPort = 5672;
    private const int DefaultTlsPort = 5671;

    private readonly Uri _uri;

    /// <summary>Parses <c>amqp[s]://[user:password@]host[:port]</c>.</summary>
    /// <exception cref="InvalidOperationException">There is none, or it is something else; the message says what to set.</exception>
    public MqAddress(IConfiguration configuration)
    {
        var text = configuration.GetConnectionString(ConnectionName);
        if (!Uri.TryCreate(text, UriKind.Absolute, out var uri) || uri.Scheme is not ("amqp" or "amqps") || uri.Host.Length == 0)
        {
            throw new InvalidOperationException(
                $"ConnectionStrings:{ConnectionName} is {(text is null ? "missing" : "no AMQP address")}: set amqp://host:port or amqps://user:password@host:port.");
        }

        _uri = uri;
    }

    /// <summary>Host and port, without credentials, for people.</summary>
    public string Display => $"{_uri.Scheme}://{_uri.Host}:{Port}";

    private int Port => _uri.Port > 0 ? _uri.Port : _uri.Scheme == "amqps" ? DefaultTlsPort : DefaultPort;

    /// <summary>The address with its credentials.</summary>
    public Address ToAddress()
    {
        var credentials = _uri.UserInfo.Split(':', 2);
        var user = credentials[0].Length == 0 ? null : Uri.UnescapeDataString(credentials[0]);
        var password = user is null ? null : credentials.Length == 2 ? Uri.UnescapeDataString(credentials[1]) : "";
        return new Address(_uri.Host, Port, user, password, "/", _uri.Scheme);
    }

    /// <summary>The factory of its connections.</summary>
    public ConnectionFactory ToFactory(MqOptions options)
    {
        var factory = new ConnectionFactory();
        factory.AMQP.ContainerId = options.ContainerId ?? $"mq-adapter-{Environment.ProcessId}";
        factory.AMQP.IdleTimeout = (int)options.IdleTimeout.TotalMilliseconds;
        factory.AMQP.MaxLinksPerSession = Math.Max(factory.AMQP.MaxLinksPerSession, options.Queues.Count);
        if (options.HostName is { Length: > 0 } host)
            factory.AMQP.HostName = host;
        if (options.Sasl == SaslChoice.Auto && _uri.UserInfo.Length == 0)
            factory.SASL.Profile = SaslProfile.Anonymous;
        return factory;
    }
}
