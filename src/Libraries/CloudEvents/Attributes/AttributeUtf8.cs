using System.Buffers.Text;
using System.Runtime.CompilerServices;
using System.Text;
using CloudNative.CloudEvents;

namespace EventSourcing.CloudEvents.Attributes;

/// <summary>Attribute values in their canonical string representation, as UTF-8: the form of Kafka headers and MQTT user properties.</summary>
internal static class AttributeUtf8
{
    private const int Slots = 256;
    private const int LongestKept = 512;

    public static readonly byte[] SpecVersion = "1.0"u8.ToArray();

    private static readonly byte[] True = "true"u8.ToArray();
    private static readonly byte[] False = "false"u8.ToArray();
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    // One producer says the same type, source and content type in every event, by the same string objects: their bytes are kept, found by
    // reference, in a table of fixed size. An entry is immutable, so a race costs an encoding and nothing else.
    private static readonly Kept?[] Table = new Kept?[Slots];

    public static byte[] Encode(CloudEventAttribute attribute, object value) => value switch
    {
        string text => attribute.IsExtension || attribute.Name is "id" or "subject" ? StrictUtf8.GetBytes(text) : Keep(text),
        Uri uri => Keep(uri.OriginalString),
        DateTimeOffset time => Encode(time),
        bool flag => flag ? True : False,
        int number => Encode(number),
        _ => StrictUtf8.GetBytes(attribute.Format(value)),
    };

    /// <summary>The bytes of a text that repeats.</summary>
    public static byte[] Keep(string text)
    {
        ref var slot = ref Table[RuntimeHelpers.GetHashCode(text) & (Slots - 1)];
        if (slot is { } kept && ReferenceEquals(kept.Text, text))
            return kept.Bytes;
        var bytes = StrictUtf8.GetBytes(text);
        if (bytes.Length <= LongestKept)
            slot = new Kept(text, bytes);
        return bytes;
    }

    /// <summary>UTF-8 as text.</summary>
    /// <exception cref="ArgumentException">The bytes are not UTF-8.</exception>
    public static string Decode(string name, ReadOnlySpan<byte> bytes)
    {
        try
        {
            return StrictUtf8.GetString(bytes);
        }
        catch (DecoderFallbackException invalid)
        {
            throw new ArgumentException($"The value of attribute '{name}' is not UTF-8.", invalid);
        }
    }

    private static byte[] Encode(DateTimeOffset time)
    {
        Span<byte> text = stackalloc byte[Rfc3339.LongestLength];
        return text[..Rfc3339.Format(time, text)].ToArray();
    }

    private static byte[] Encode(int number)
    {
        Span<byte> text = stackalloc byte[11];
        Utf8Formatter.TryFormat(number, text, out var length);
        return text[..length].ToArray();
    }

    private sealed record Kept(string Text, byte[] Bytes);
}
