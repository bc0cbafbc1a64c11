using System.Text;
using System.Text.Json;
using CloudNative.CloudEvents;

namespace EventSourcing.CloudEvents.Tests;

/// <summary>Equality of events: attributes with their types and values, times as instants, data as bytes.</summary>
internal static class EventAssert
{
    public static void Equal(CloudEvent expected, CloudEvent actual) => Assert.Equal(Describe(expected), Describe(actual));

    /// <summary>The event as text, one line per attribute, so that a difference shows.</summary>
    public static string Describe(CloudEvent cloudEvent)
    {
        var lines = new StringBuilder();
        foreach (var (attribute, value) in cloudEvent.GetPopulatedAttributes().OrderBy(static pair => pair.Key.Name, StringComparer.Ordinal))
            lines.Append(attribute.Name).Append(" : ").Append(attribute.Type).Append(" = ").AppendLine(Describe(value));
        return lines.Append("data = ").Append(DescribeData(cloudEvent)).ToString();
    }

    // White space around a JSON value is no part of it.
    private static string DescribeData(CloudEvent cloudEvent)
    {
        if (cloudEvent.Data is null)
            return "(none)";
        var bytes = cloudEvent.GetDataBytes()!.Value;
        return Convert.ToHexString(IsJson(cloudEvent.DataContentType, bytes) ? bytes.Span.Trim(" \t\r\n"u8) : bytes.Span);
    }

    private static bool IsJson(string? contentType, ReadOnlyMemory<byte> bytes)
    {
        if (contentType?.Contains("json", StringComparison.OrdinalIgnoreCase) != true)
            return false;
        try
        {
            JsonDocument.Parse(bytes).Dispose();
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static string Describe(object value) => value switch
    {
        DateTimeOffset time => time.ToUniversalTime().ToString("O", System.Globalization.CultureInfo.InvariantCulture),
        byte[] bytes => Convert.ToHexString(bytes),
        Uri uri => uri.OriginalString,
        _ => Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture)!,
    };
}
