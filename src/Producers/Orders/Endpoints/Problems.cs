namespace EventSourcing.Orders.Endpoints;

/// <summary>Refusals as ProblemDetails (RFC 9457) that only this service has.</summary>
internal static class Problems
{
    public static IResult KeyMissing() => Problem(
        StatusCodes.Status400BadRequest, "idempotency-key-missing",
        $"{IdempotencyKey.Header} must be given once: a string of 1 to 128 printable characters in quotes, the same for every attempt at one command.");

    public static IResult MalformedPrecondition() =>
        Problem(StatusCodes.Status400BadRequest, "malformed-precondition", "If-Match must be *, or entity tags such as \"1\".");

    public static IResult KeyReused() => Problem(
        StatusCodes.Status422UnprocessableEntity, "idempotency-key-reused", $"This {IdempotencyKey.Header} was used for another request; take a new one.");

    public static IResult SequenceTaken() => Problem(
        StatusCodes.Status409Conflict, "sequence-taken", "The channel has used this channelSequence for another command.");

    public static IResult NotFound() => Problem(StatusCodes.Status404NotFound, "order-not-found", "There is no such order.");

    public static IResult PreconditionFailed(int version) => Problem(
        StatusCodes.Status412PreconditionFailed, "version-mismatch", $"The order has version {version}; read it, and decide again.");

    public static IResult Conflict(string status) => Problem(StatusCodes.Status409Conflict, "order-state", $"The order is {status}.");

    private static Microsoft.AspNetCore.Http.HttpResults.ProblemHttpResult Problem(int status, string type, string detail) =>
        TypedResults.Problem(detail, statusCode: status, type: $"urn:eventsourcing:{type}");
}
