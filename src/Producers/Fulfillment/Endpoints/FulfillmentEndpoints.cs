using EventSourcing.Fulfillment.Conformance;
using EventSourcing.Fulfillment.Contracts;
using EventSourcing.Fulfillment.State;

namespace EventSourcing.Fulfillment.Endpoints;

/// <summary>The queries.</summary>
internal sealed class FulfillmentEndpoints(InstanceStore store, ServiceState state, ConformanceView view)
{
    private const int DefaultLimit = 500;
    private const int MaxLimit = 5_000;

    /// <summary><c>GET /conformance</c>: what the topic says, held against the model.</summary>
    public IResult Conformance() => TypedResults.Json(view.Report(), FulfillmentJson.Default.ConformanceReport);

    /// <summary><c>GET /steps</c>: committed steps behind a number, oldest first.</summary>
    public async Task<IResult> StepsAsync(long? after, int? limit, HttpContext context)
    {
        if (after is < 0 || limit is < 0 or > MaxLimit)
            return Problem(StatusCodes.Status400BadRequest, "invalid-query", $"after must be at least 0, limit 0 to {MaxLimit}.");
        if (state.Failure is not null)
            return Away(context);
        try
        {
            return TypedResults.Json(await store.ReadStepsAsync(after ?? 0, limit ?? DefaultLimit, context.RequestAborted), FulfillmentJson.Default.StepPage);
        }
        catch (Exception away) when (Database.IsAway(away))
        {
            return Away(context);
        }
    }

    private static Microsoft.AspNetCore.Http.HttpResults.ProblemHttpResult Away(HttpContext context)
    {
        context.Response.Headers.RetryAfter = "1";
        return Problem(StatusCodes.Status503ServiceUnavailable, "database-unreachable", "The database cannot be used now.");
    }

    private static Microsoft.AspNetCore.Http.HttpResults.ProblemHttpResult Problem(int status, string type, string detail) =>
        TypedResults.Problem(detail, statusCode: status, type: $"urn:eventsourcing:{type}");
}
