using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace EventSourcing.EventBackbone;

/// <summary>
/// Receipts in HTTP's words. 202 for queued and spooled, 201 for stored with the position; refused: 413 or 400 for an event that can never
/// succeed, 429 for a full buffer and 503 for an unreachable backbone, both with <c>Retry-After</c>, as problem details (RFC 9457).
/// </summary>
public static class ReceiptHttpResults
{
    /// <summary>The answer to one event.</summary>
    public static IResult ToHttpResult(this Receipt receipt)
    {
        if (receipt.Rejection is { } rejection)
            return rejection.ToHttpResult();
        var body = ReceiptBody.Of(receipt);
        var status = receipt.Level == ReceiptLevel.Stored ? StatusCodes.Status201Created : StatusCodes.Status202Accepted;
        return TypedResults.Json(body, ReceiptJsonContext.Default.ReceiptBody, statusCode: status);
    }

    /// <summary>The answer to an event that was refused.</summary>
    public static IResult ToHttpResult(this Rejection rejection) => new RejectionResult(rejection);

    /// <summary>The status code of a refusal.</summary>
    public static int StatusCodeOf(Rejection rejection) => rejection.Kind switch
    {
        RejectionKind.Overload => StatusCodes.Status429TooManyRequests,
        RejectionKind.Unavailable => StatusCodes.Status503ServiceUnavailable,
        _ => rejection.Type == Rejection.TooLargeType ? StatusCodes.Status413PayloadTooLarge
            : rejection.Type == Rejection.InvalidType ? StatusCodes.Status422UnprocessableEntity
            : StatusCodes.Status400BadRequest,
    };

    /// <summary><c>Retry-After</c> in whole seconds, at least 1; null when trying again cannot help.</summary>
    public static string? RetryAfterOf(Rejection rejection) =>
        rejection.RetryAfter is { } wait ? Math.Max(1, (long)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture) : null;
}
