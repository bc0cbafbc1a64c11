using System.Text.Json;
using EventSourcing.HttpIntake;
using EventSourcing.Orders.State;

namespace EventSourcing.Orders.Endpoints;

/// <summary>The answer to a command that was done, as it was committed with it; the same, byte for byte, for every request with the same key.</summary>
/// <param name="done">What was committed.</param>
/// <param name="collection">Where the new order is found, without its id; null when none was made.</param>
internal sealed class CommittedResult(CommandResult.Done done, PathString? collection) : IResult
{
    /// <summary>Response header: this answer was given before.</summary>
    public const string ReplayedHeader = "Idempotent-Replayed";

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.StatusCode = done.Status;
        response.ContentType = JsonData.ContentType;
        response.ContentLength = done.Answer.Length;
        response.Headers.ETag = VersionTags.Format(done.Version);
        if (done.IsReplay)
            response.Headers[ReplayedHeader] = "true";
        if (collection is { } path)
            response.Headers.Location = $"{path}/{OrderId()}";
        await response.Body.WriteAsync(done.Answer, httpContext.RequestAborted);
    }

    private string? OrderId()
    {
        using var answer = JsonDocument.Parse(done.Answer);
        return answer.RootElement.GetProperty("order").GetProperty("orderId").GetString();
    }
}
