namespace EventSourcing.Ledger;

/// <summary>The test tap, in the manner of snowplow-micro: what came, good and bad, with filters.</summary>
internal static class TapEndpoints
{
    public static void MapTap(this IEndpointRouteBuilder routes)
    {
        var tap = routes.MapGroup("/tap").AddEndpointFilter(CheckLimitAsync);
        tap.MapGet("/good", ([AsParameters] TapFilter filter, EventTap events) => Results.Json(events.Good(filter), TapJsonContext.Default.IReadOnlyListTapEvent));
        tap.MapGet("/bad", ([AsParameters] TapFilter filter, EventTap events) => Results.Json(events.Bad(filter), TapJsonContext.Default.IReadOnlyListTapEvent));
        tap.MapGet("/all", ([AsParameters] TapFilter filter, EventTap events) => Results.Json(All(filter, events), TapJsonContext.Default.TapAll));
        tap.MapPost("/reset", (EventTap events) =>
        {
            events.Reset();
            return Results.Json(All(new TapFilter(), events), TapJsonContext.Default.TapAll);
        });
    }

    private static TapAll All(TapFilter filter, EventTap events)
    {
        var counts = events.Counts();
        return new TapAll(counts.Total, counts.Good, counts.Bad, events.Good(filter), events.Bad(filter));
    }

    private static ValueTask<object?> CheckLimitAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next) =>
        context.Arguments.OfType<TapFilter>().FirstOrDefault() is { Limit: < 1 or > TapFilter.MaxLimit }
            ? ValueTask.FromResult<object?>(Problems.BadRequest($"limit must be 1 to {TapFilter.MaxLimit}."))
            : next(context);
}
