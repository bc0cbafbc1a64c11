using Microsoft.Net.Http.Headers;

namespace EventSourcing.SocialFeed.Payloads;

/// <summary>
/// <c>GET /payloads/{sha256}</c>: the bytes, with ranges and conditions. They are what a stranger posted, so a browser is told to run nothing of them. Who
/// knows the hash may read.
/// </summary>
internal sealed class PayloadEndpoint(PayloadStore store)
{
    private const string Missing = "urn:eventsourcing:no-such-payload";

    public IResult Get(string hash, HttpResponse response)
    {
        if (!PayloadFile.IsHash(hash) || store.TryOpen(hash) is not { } payload)
            return TypedResults.Problem("There is no such payload, or no longer.", statusCode: StatusCodes.Status404NotFound, type: Missing);
        response.Headers.CacheControl = $"public, max-age={(long)payload.Left.TotalSeconds}, immutable";
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers.ContentSecurityPolicy = "sandbox; default-src 'none'";
        return TypedResults.Stream(
            payload.Content, payload.ContentType, lastModified: payload.Referred, entityTag: new EntityTagHeaderValue($"\"{hash}\""), enableRangeProcessing: true);
    }
}
