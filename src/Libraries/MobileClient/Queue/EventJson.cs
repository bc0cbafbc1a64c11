using System.Buffers;
using System.Globalization;
using System.Text.Json;

namespace EventSourcing.MobileClient.Queue;

/// <summary>An event in CloudEvents' JSON format.</summary>
internal static class EventJson
{
    /// <exception cref="ArgumentException">The data are no JSON.</exception>
    public static byte[] Write(MobileEvent mobileEvent, string source, string installation, long number)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using var writer = new Utf8JsonWriter(buffer);
        writer.WriteStartObject();
        writer.WriteString("specversion", "1.0");
        writer.WriteString("id", number.ToString(CultureInfo.InvariantCulture));
        writer.WriteString("source", source);
        writer.WriteString("type", mobileEvent.Type);
        writer.WriteString("subject", installation);
        writer.WriteString("time", mobileEvent.Time);
        writer.WriteString("sequence", number.ToString("D12", CultureInfo.InvariantCulture));
        if (mobileEvent.TraceParent is { } trace)
            writer.WriteString("traceparent", trace);
        writer.WriteString("datacontenttype", "application/json");
        writer.WritePropertyName("data");
        WriteData(writer, mobileEvent.Data.Span);
        writer.WriteEndObject();
        writer.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    private static void WriteData(Utf8JsonWriter writer, ReadOnlySpan<byte> data)
    {
        try
        {
            writer.WriteRawValue(data);
        }
        catch (Exception defect) when (defect is JsonException or ArgumentException)
        {
            throw new ArgumentException($"The event's data are no JSON: {defect.Message}", nameof(data), defect);
        }
    }
}
