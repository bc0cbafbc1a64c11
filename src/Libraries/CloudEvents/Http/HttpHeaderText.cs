using System.Buffers;
using System.Text;

namespace EventSourcing.CloudEvents.Http;

/// <summary>Attribute values in HTTP headers (HTTP binding, section 3.1.3.2): percent-encoded UTF-8.</summary>
internal static class HttpHeaderText
{
    private const string Hex = "0123456789ABCDEF";

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    // U+0021 to U+007E without the quotation mark and the percent sign.
    private static readonly SearchValues<char> Plain =
        SearchValues.Create([.. Enumerable.Range(0x21, 0x5E).Select(static code => (char)code).Where(static c => c is not ('"' or '%'))]);

    /// <summary><c>Euro € 😀</c> gives <c>Euro%20%E2%82%AC%20%F0%9F%98%80</c>.</summary>
    public static string Encode(string value)
    {
        if (!value.AsSpan().ContainsAnyExcept(Plain))
            return value;
        var encoded = new StringBuilder(value.Length + 16);
        foreach (var octet in StrictUtf8.GetBytes(value))
        {
            if (Plain.Contains((char)octet))
                encoded.Append((char)octet);
            else
                encoded.Append('%').Append(Hex[octet >> 4]).Append(Hex[octet & 0xF]);
        }
        return encoded.ToString();
    }

    /// <summary>Undoes <see cref="Encode"/> once; a quoted string is unquoted first, hexadecimal digits may be of either case.</summary>
    /// <exception cref="ArgumentException">A stray percent sign, octets that are not UTF-8, or a quoted string that does not end.</exception>
    public static string Decode(string name, string header)
    {
        var text = header.StartsWith('"') ? Unquote(name, header) : header;
        if (!text.Contains('%', StringComparison.Ordinal))
            return text;
        try
        {
            return StrictUtf8.GetString(Octets(name, StrictUtf8.GetBytes(text)));
        }
        catch (Exception invalid) when (invalid is DecoderFallbackException or EncoderFallbackException)
        {
            throw new ArgumentException($"The value of header 'ce-{name}' is not percent-encoded UTF-8.", invalid);
        }
    }

    private static ReadOnlySpan<byte> Octets(string name, byte[] text)
    {
        var length = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] != '%')
                text[length++] = text[i];
            else if (i + 2 < text.Length && char.IsAsciiHexDigit((char)text[i + 1]) && char.IsAsciiHexDigit((char)text[i + 2]))
                text[length++] = (byte)((Digit(text[++i]) << 4) | Digit(text[++i]));
            else
                throw new ArgumentException($"The value of header 'ce-{name}' has a '%' that two hexadecimal digits do not follow: encode it as %25.");
        }
        return text.AsSpan(0, length);
    }

    private static int Digit(byte hex) => hex <= '9' ? hex - '0' : (hex | 0x20) - 'a' + 10;

    // quoted-string of RFC 9110, section 5.6.4: a backslash makes the next character stand for itself.
    private static string Unquote(string name, string header)
    {
        var text = new StringBuilder(header.Length);
        for (var i = 1; i < header.Length; i++)
        {
            if (header[i] == '"')
                return i == header.Length - 1 ? text.ToString() : throw Unbalanced(name);
            if (header[i] == '\\' && ++i == header.Length)
                throw Unbalanced(name);
            text.Append(header[i]);
        }
        throw Unbalanced(name);
    }

    private static ArgumentException Unbalanced(string name) => new($"The value of header 'ce-{name}' is no quoted string: the quotes do not match.");
}
