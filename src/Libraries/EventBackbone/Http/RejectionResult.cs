using Microsoft.AspNetCore.Http;

namespace EventSourcing.EventBackbone;

/// <summary>Problem details with the rejection's URN as <c>type</c>, and <c>Retry-After</c>.</summary>
internal sealed class RejectionResult(Rejection rejection) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        if (ReceiptHttpResults.RetryAfterOf(rejection) is { } seconds)
            httpContext.Response.Headers.RetryAfter = seconds;
        return TypedResults
            .Problem(rejection.Detail, statusCode: ReceiptHttpResults.StatusCodeOf(rejection), type: rejection.Type)
            .ExecuteAsync(httpContext);
    }
}
