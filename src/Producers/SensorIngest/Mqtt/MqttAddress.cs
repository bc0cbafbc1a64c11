using EventSourcing.SensorIngest.Options;
using MQTTnet;
using MQTTnet.Formatter;

namespace EventSourcing.SensorIngest.Mqtt;

/// <summary>The broker's address and how to connect to it, from <c>ConnectionStrings:mqtt</c>.</summary>
internal sealed class MqttAddress
{
    /// <summary>Name of the connection string.</summary>
    public const string ConnectionName = "mqtt";

    private const int DefaultPort = 1883;
    private const int DefaultTlsPort = 8883;

    private readonly Uri _uri;
    private readonly bool _tls;

    /// <summary>Parses <c>mqtt[s]://[user:password@]host[:port]</c>.</summary>
    /// <exception cref="InvalidOperationException">There is none, or it is something else; the message says what to set.</exception>
    public MqttAddress(IConfiguration configuration)
    {
        var text = configuration.GetConnectionString(ConnectionName);
        if (!Uri.TryCreate(text, UriKind.Absolute, out var uri) || uri.Scheme is not ("mqtt" or "mqtts") || uri.Host.Length == 0)
        {
            throw new InvalidOperationException(
                $"ConnectionStrings:{ConnectionName} is {(text is null ? "missing" : "no MQTT address")}: set mqtt://host:port or mqtts://host:port, "
                + $"or {MqttSourceOptions.SectionName}:Enabled=false to serve HTTP only.");
        }

        (_uri, _tls) = (uri, uri.Scheme == "mqtts");
    }

    /// <summary>Host and port, without credentials, for people.</summary>
    public string Display => $"{_uri.Scheme}://{_uri.Host}:{Port}";

    /// <summary>Host and port as part of a file name.</summary>
    public string FileName => $"{_uri.Host}-{Port}".Replace(':', '_');

    private int Port => _uri.Port > 0 ? _uri.Port : _tls ? DefaultTlsPort : DefaultPort;

    /// <summary>Connect options of a persistent session with manual acknowledgement in mind.</summary>
    public MqttClientOptions ToClientOptions(MqttSourceOptions source, string clientId)
    {
        var options = new MqttClientOptionsBuilder()
            .WithTcpServer(_uri.Host, Port)
            .WithProtocolVersion(MqttProtocolVersion.V500)
            .WithClientId(clientId)
            .WithCleanStart(false)
            .WithSessionExpiryInterval((uint)source.SessionExpiry.TotalSeconds)
            .WithReceiveMaximum((ushort)source.ReceiveMaximum)
            .WithKeepAlivePeriod(source.KeepAlive)
            .WithTimeout(source.Timeout);
        if (_tls)
            options.WithTlsOptions(tls => tls.UseTls().WithTargetHost(_uri.Host));
        if (_uri.UserInfo.Length > 0)
        {
            var separator = _uri.UserInfo.IndexOf(':', StringComparison.Ordinal);
            var user = separator < 0 ? _uri.UserInfo : _uri.UserInfo[..separator];
            options.WithCredentials(Uri.UnescapeDataString(user), separator < 0 ? null! : Uri.UnescapeDataString(_uri.UserInfo[(separator + 1)..]));
        }

        return options.Build();
    }
}
