using System.Buffers;

namespace EventSourcing.CloudEvents.Attributes;

/// <summary>Rules of attribute values that the official SDK does not check.</summary>
internal static class AttributeValues
{
    private static readonly SearchValues<char> ControlCharacters =
        SearchValues.Create([.. Enumerable.Range(0x00, 0x20).Concat(Enumerable.Range(0x7F, 0x21)).Select(static code => (char)code)]);

    /// <summary>No control characters, in URIs neither: the SDK looks for them in strings only.</summary>
    /// <exception cref="ArgumentException">There is one.</exception>
    public static void RejectControlCharacters(string name, ReadOnlySpan<char> value)
    {
        var at = value.IndexOfAny(ControlCharacters);
        if (at >= 0)
            throw new ArgumentException($"The value of attribute '{name}' contains the control character U+{(int)value[at]:X4}.");
    }
}
