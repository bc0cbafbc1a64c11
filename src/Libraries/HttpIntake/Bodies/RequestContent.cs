using Microsoft.Net.Http.Headers;

namespace EventSourcing.HttpIntake;

/// <summary>What the headers of a request say about its body.</summary>
public static class RequestContent
{
    /// <summary>True when the body is announced in UTF-8 and not compressed; the media type is in lower case, empty when there is none.</summary>
    public static bool IsPlainUtf8(HttpRequest request, out string mediaType)
    {
        mediaType = "";
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var parsed))
            return false;
        mediaType = (parsed.MediaType.Value ?? "").ToLowerInvariant();
        var charset = parsed.Charset.Value?.Trim('"');
        return (charset is null || charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase))
            && (request.Headers.ContentEncoding.Count == 0 || request.Headers.ContentEncoding == "identity");
    }
}
