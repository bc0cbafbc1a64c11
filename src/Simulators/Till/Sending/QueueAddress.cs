using Amqp;
using Amqp.Sasl;

namespace EventSourcing.Till.Sending;

/// <summary>The queue's address, from <c>ConnectionStrings:mq</c>.</summary>
internal static class QueueAddress
{
    private const int DefaultPort = 5672;
    private const int DefaultTlsPort = 5671;

    /// <summary>Parses <c>amqp[s]://[user:password@]host[:port]</c>.</summary>
    /// <exception cref="InvalidOperationException">There is none, or it is something else; the message says what to set.</exception>
    public static Address Parse(string? text)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out var uri) || uri.Scheme is not ("amqp" or "amqps") || uri.Host.Length == 0)
            throw new InvalidOperationException($"ConnectionStrings:mq is {(text is null ? "missing" : "no AMQP address")}: set amqp://host:port.");
        var credentials = uri.UserInfo.Split(':', 2);
        var user = credentials[0].Length == 0 ? null : Uri.UnescapeDataString(credentials[0]);
        var port = uri.Port > 0 ? uri.Port : uri.Scheme == "amqps" ? DefaultTlsPort : DefaultPort;
        return new Address(uri.Host, port, user, user is null ? null : Uri.UnescapeDataString(credentials.ElementAtOrDefault(1) ?? ""), "/", uri.Scheme);
    }

    /// <summary>Connects: SASL PLAIN when the address has a user, else ANONYMOUS.</summary>
    public static Task<Connection> ConnectAsync(Address address)
    {
        var factory = new ConnectionFactory();
        if (address.User is null)
            factory.SASL.Profile = SaslProfile.Anonymous;
        return factory.CreateAsync(address);
    }
}
