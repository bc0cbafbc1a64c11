using System.Globalization;
using EventSourcing.EventBackbone;
using EventSourcing.SensorIngest.Intake;

namespace EventSourcing.SensorIngest.Endpoints;

/// <summary>A refused request as ProblemDetails (RFC 9457), with <c>Retry-After</c> when trying again can help.</summary>
internal sealed class RefusalResult(Rejection refusal) : IResult
{
    /// <inheritdoc/>
    public Task ExecuteAsync(HttpContext httpContext)
    {
        if (refusal.RetryAfter is { } delay)
            httpContext.Response.Headers.RetryAfter = ToSeconds(delay).ToString(CultureInfo.InvariantCulture);
        return TypedResults.Problem(refusal.Detail, statusCode: StatusOf(refusal), type: refusal.Type).ExecuteAsync(httpContext);
    }

    /// <summary>Seconds as <c>Retry-After</c> has them: whole, at least 1.</summary>
    public static int ToSeconds(TimeSpan delay) => Math.Max(1, (int)Math.Ceiling(delay.TotalSeconds));

    /// <summary>The status a refusal is answered with: the HTTP column of the failure table in README.md.</summary>
    public static int StatusOf(Rejection refusal) => refusal.Kind switch
    {
        RejectionKind.Overload => StatusCodes.Status429TooManyRequests,
        RejectionKind.Unavailable => StatusCodes.Status503ServiceUnavailable,
        _ => refusal.Type switch
        {
            Rejection.TooLargeType or Refusals.TooManyEventsType => StatusCodes.Status413PayloadTooLarge,
            Refusals.UnsupportedContentTypeType => StatusCodes.Status415UnsupportedMediaType,
            Refusals.MalformedType => StatusCodes.Status400BadRequest,
            _ => StatusCodes.Status422UnprocessableEntity,
        },
    };
}
