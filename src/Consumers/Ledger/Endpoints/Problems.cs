using Microsoft.AspNetCore.Http.HttpResults;

namespace EventSourcing.Ledger;

/// <summary>The ledger's refusals.</summary>
internal static class Problems
{
    public static ProblemHttpResult BadRequest(string detail) => Problem(StatusCodes.Status400BadRequest, "invalid-request", detail);

    public static ProblemHttpResult UnsupportedMediaType() =>
        Problem(StatusCodes.Status415UnsupportedMediaType, "unsupported-media-type", "Send the report as application/json.");

    public static ProblemHttpResult TooLarge(long limit) =>
        Problem(StatusCodes.Status413PayloadTooLarge, "too-large", $"The report is larger than {limit} bytes (Ledger:MaxReportBytes).");

    public static ProblemHttpResult Full() => Problem(
        StatusCodes.Status507InsufficientStorage, "ledger-full",
        "The ledger has no memory for this report: raise Ledger:MaxReceiptSegments or Ledger:MaxReporters.");

    private static ProblemHttpResult Problem(int status, string urn, string detail) =>
        TypedResults.Problem(detail, statusCode: status, type: $"urn:eventsourcing:{urn}");
}
