using System.Net.Mime;

namespace EventSourcing.CloudEvents;

/// <summary>The content types of the bindings and what they say about the mode.</summary>
internal static class MediaTypes
{
    public const string Json = "application/json";

    /// <summary>Content type of a structured JSON event.</summary>
    public const string StructuredJson = "application/cloudevents+json; charset=UTF-8";

    /// <summary>Content type of a JSON batch.</summary>
    public const string BatchJson = "application/cloudevents-batch+json; charset=UTF-8";

    /// <summary><c>*/json</c> and <c>*/*+json</c>, parameters aside, in any case (JSON format, section 3.1).</summary>
    public static bool IsJson(string contentType)
    {
        var type = WithoutParameters(contentType);
        return type.EndsWith("/json", StringComparison.OrdinalIgnoreCase) || type.EndsWith("+json", StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>
    /// <c>application/cloudevents</c> in the JSON format. Another event format is none of ours: such a message is a binary-mode one to us, to be
    /// forwarded as it is.
    /// </summary>
    public static bool IsStructuredJson(string? contentType) => Is(contentType, "application/cloudevents");

    /// <summary><c>application/cloudevents-batch</c> in the JSON format.</summary>
    public static bool IsBatchJson(string? contentType) => Is(contentType, "application/cloudevents-batch");

    /// <summary>Any CloudEvents media type, of whatever format.</summary>
    public static bool IsCloudEvents(string? contentType) =>
        contentType is not null && WithoutParameters(contentType).StartsWith("application/cloudevents", StringComparison.OrdinalIgnoreCase);

    /// <summary>The charset parameter, null when there is none.</summary>
    /// <exception cref="ArgumentException">No RFC 2046 content type.</exception>
    public static string? Charset(string? contentType)
    {
        if (contentType is null || !contentType.Contains(';', StringComparison.Ordinal))
            return null;
        try
        {
            return new ContentType(contentType).CharSet;
        }
        catch (FormatException malformed)
        {
            throw new ArgumentException($"'{contentType}' is no RFC 2046 content type.", malformed);
        }
    }

    /// <summary>Bytes of this content type are UTF-8 as far as it says: no charset, UTF-8 or US-ASCII.</summary>
    public static bool IsUtf8(string? contentType) =>
        Charset(contentType) is not { } charset
        || charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase)
        || charset.Equals("us-ascii", StringComparison.OrdinalIgnoreCase);

    private static bool Is(string? contentType, string mediaType)
    {
        if (contentType is null)
            return false;
        var type = WithoutParameters(contentType);
        if (!type.StartsWith(mediaType, StringComparison.OrdinalIgnoreCase))
            return false;
        var format = type[mediaType.Length..];
        return format.IsEmpty || format.Equals("+json", StringComparison.OrdinalIgnoreCase);
    }

    private static ReadOnlySpan<char> WithoutParameters(string contentType)
    {
        var end = contentType.AsSpan().IndexOf(';');
        return (end < 0 ? contentType : contentType.AsSpan(0, end)).Trim();
    }
}
