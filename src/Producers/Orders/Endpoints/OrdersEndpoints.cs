using System.Diagnostics;
using EventSourcing.HttpIntake;
using EventSourcing.Orders.Contracts;
using EventSourcing.Orders.Options;
using EventSourcing.Orders.Outbox;
using EventSourcing.Orders.State;
using EventSourcing.Orders.Telemetry;
using Microsoft.Extensions.Options;

namespace EventSourcing.Orders.Endpoints;

/// <summary>The commands and the query on orders.</summary>
internal sealed class OrdersEndpoints(
    CommandReader reader, OrderStore store, OutboxState state, OrdersTelemetry telemetry, IOptions<OrdersOptions> options)
{
    /// <summary><c>POST /orders</c>: 201 when the order and its event are committed.</summary>
    public Task<IResult> PlaceAsync(HttpContext context) => WithDatabaseAsync("place", async () =>
    {
        var stop = context.RequestAborted;
        var (command, refusal) = await reader.ReadAsync(context.Request, OrdersJson.Default.PlaceOrder, CommandRules.FindDefect, stop);
        return command is null ? refusal! : Answer(await store.PlaceAsync(command, TraceParent(), stop), context.Request.Path);
    });

    /// <summary><c>POST /orders/{id}/cancel</c>: 200 when the order's new state and its event are committed.</summary>
    public Task<IResult> CancelAsync(HttpContext context, Guid id) => WithDatabaseAsync("cancel", async () =>
    {
        var stop = context.RequestAborted;
        var (command, refusal) = await reader.ReadAsync(context.Request, OrdersJson.Default.CancelOrder, CommandRules.FindDefect, stop);
        return command is null ? refusal! : Answer(await store.CancelAsync(id, command, TraceParent(), stop), location: null);
    });

    /// <summary><c>GET /orders/{id}</c>: the order, 304 when the client has its version, 404.</summary>
    public Task<IResult> GetAsync(HttpContext context, Guid id) => WithDatabaseAsync("get", async () =>
    {
        if (await store.FindAsync(id, context.RequestAborted) is not { } order)
            return Problems.NotFound();
        context.Response.Headers.ETag = VersionTags.Format(order.Version);
        return VersionTags.IsKnown(context.Request.Headers, order.Version)
            ? TypedResults.StatusCode(StatusCodes.Status304NotModified)
            : TypedResults.Json(order, OrdersJson.Default.OrderView);
    });

    private async Task<IResult> WithDatabaseAsync(string command, Func<Task<IResult>> act)
    {
        var result = command != "get" && state.FindRefusal() is { } refusal ? new RefusalResult(refusal) : await TryAsync(act);
        telemetry.Command(command, result is CommittedResult ? "done" : result is RefusalResult ? "later" : "refused");
        return result;
    }

    private async Task<IResult> TryAsync(Func<Task<IResult>> act)
    {
        try
        {
            return await act();
        }
        catch (DatabaseAwayException away)
        {
            var delay = options.Value.RetryAfter;
            return new RefusalResult(away.IsOutcomeUnknown ? OrdersRefusals.OutcomeUnknown(delay) : OrdersRefusals.DatabaseAway(delay));
        }
    }

    private static IResult Answer(CommandResult result, PathString? location) => result switch
    {
        CommandResult.Done done => new CommittedResult(done, location),
        CommandResult.KeyReused => Problems.KeyReused(),
        CommandResult.SequenceTaken => Problems.SequenceTaken(),
        CommandResult.NotFound => Problems.NotFound(),
        CommandResult.PreconditionFailed failed => Problems.PreconditionFailed(failed.Version),
        CommandResult.Conflict conflict => Problems.Conflict(conflict.Status),
        _ => throw new UnreachableException(),
    };

    // Only a sampled request hands its trace on.
    private static string? TraceParent() => Activity.Current is { IdFormat: ActivityIdFormat.W3C, Recorded: true } current ? current.Id : null;
}
