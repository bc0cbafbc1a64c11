using System.Globalization;
using EventSourcing.EventBackbone;

namespace EventSourcing.HttpIntake;

/// <summary>A refused request as ProblemDetails (RFC 9457), with <c>Retry-After</c> when trying again can help.</summary>
/// <param name="refusal">Why.</param>
public sealed class RefusalResult(Rejection refusal) : IResult
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

    /// <summary>The status code a refusal is answered with: the HTTP column of the services' failure tables.</summary>
    public static int StatusOf(Rejection refusal) => refusal.Kind switch
    {
        RejectionKind.Overload => StatusCodes.Status429TooManyRequests,
        RejectionKind.Unavailable => StatusCodes.Status503ServiceUnavailable,
        _ => refusal.Type switch
        {
            Rejection.TooLargeType or IntakeRefusals.TooManyEventsType => StatusCodes.Status413PayloadTooLarge,
            IntakeRefusals.UnsupportedContentTypeType => StatusCodes.Status415UnsupportedMediaType,
            IntakeRefusals.MalformedJsonType or IntakeRefusals.InvalidUtf8Type or IntakeRefusals.BrokenBodyType => StatusCodes.Status400BadRequest,
            IntakeRefusals.SlowBodyType => StatusCodes.Status408RequestTimeout,
            _ => StatusCodes.Status422UnprocessableEntity,
        },
    };
}
