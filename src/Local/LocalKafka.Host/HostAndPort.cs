using System.Globalization;

namespace EventSourcing.LocalKafka.Host;

/// <summary>An address as a client writes it: <c>HOST:PORT</c>, where the host may be an IPv6 address in brackets.</summary>
internal sealed record HostAndPort(string Host, int Port)
{
    /// <summary>Null when the text is not of that form.</summary>
    public static HostAndPort? Parse(string? text)
    {
        var colon = text?.LastIndexOf(':') ?? -1;
        if (colon <= 0 || !int.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port) || port is < 1 or > 65_535)
            return null;
        return new HostAndPort(text![..colon].Trim('[', ']'), port);
    }
}
