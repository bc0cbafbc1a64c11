using System.Text;

namespace EventSourcing.MqAdapter.Decoding;

/// <summary>Character sets by name, EBCDIC among them; what is no character of the set is an error, never replaced.</summary>
internal static class Charsets
{
    static Charsets() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    /// <exception cref="ArgumentException">.NET knows no set of that name.</exception>
    public static Encoding Find(string name) => Encoding.GetEncoding(
        name.Equals("CP037", StringComparison.OrdinalIgnoreCase) ? "IBM037" : name, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback);

    /// <summary>True when the set's digits are 0xF0 to 0xF9.</summary>
    public static bool IsEbcdic(Encoding encoding) => encoding.IsSingleByte && encoding.GetBytes("0")[0] == 0xF0;
}
