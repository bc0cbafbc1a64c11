namespace EventSourcing.SocialFeed.Webhooks;

/// <summary>A request whose signature does not hold.</summary>
internal static class Unauthenticated
{
    private const string Type = "urn:eventsourcing:unauthenticated";

    /// <summary>The reason of a signature that fits no key.</summary>
    public const string NoFit = "webhook-signature fits no key of the feed.";

    /// <summary>401 with the reason.</summary>
    public static IResult Because(string reason, HttpResponse response)
    {
        response.Headers.WWWAuthenticate = "Webhook-Signature";
        return TypedResults.Problem(reason, statusCode: StatusCodes.Status401Unauthorized, type: Type);
    }
}
