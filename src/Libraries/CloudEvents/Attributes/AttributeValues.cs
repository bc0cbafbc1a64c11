using System.Buffers;
using CloudNative.CloudEvents;

namespace EventSourcing.CloudEvents.Attributes;

/// <summary>Rules of attribute values that the official SDK does not check.</summary>
internal static class AttributeValues
{
    private static readonly SearchValues<char> ControlCharacters =
        SearchValues.Create([.. Enumerable.Range(0x00, 0x20).Concat(Enumerable.Range(0x7F, 0x21)).Select(static code => (char)code)]);

    /// <summary>Checks a value in its canonical string representation.</summary>
    /// <exception cref="ArgumentException">It breaks a rule; the message says which.</exception>
    public static void Check(string name, CloudEventAttributeType? type, ReadOnlySpan<char> value)
    {
        RejectControlCharacters(name, value);
        if (type == CloudEventAttributeType.Timestamp)
            RejectEmptyFraction(name, value);
    }

    /// <summary>RFC 3339, time-secfrac: a point is followed by at least one digit.</summary>
    private static void RejectEmptyFraction(string name, ReadOnlySpan<char> value)
    {
        var point = value.IndexOf('.');
        if (point >= 0 && (point + 1 == value.Length || !char.IsAsciiDigit(value[point + 1])))
            throw new ArgumentException($"The value of attribute '{name}' is no RFC 3339 time: digits must follow the point.");
    }

    /// <summary>No control characters, in URIs neither: the SDK looks for them in strings only.</summary>
    private static void RejectControlCharacters(string name, ReadOnlySpan<char> value)
    {
        var at = value.IndexOfAny(ControlCharacters);
        if (at >= 0)
            throw new ArgumentException($"The value of attribute '{name}' contains the control character U+{(int)value[at]:X4}.");
    }
}
