using EventSourcing.Receipts;

namespace EventSourcing.Ledger;

/// <summary><c>GET /ledger</c> and <c>GET /ledger/line</c>: the judgement.</summary>
internal static class LedgerEndpoints
{
    public static void MapLedger(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/ledger", async (string? settle, string? by, int? limit, LedgerBook book, Settlement settlement, CancellationToken stop) =>
        {
            if (!TryReadQuery(by, limit, out var query))
                return Problems.BadRequest($"by must be reporter, source or topic; limit must be 1 to {LedgerQuery.MaxLimit}.");
            return await settlement.TryWaitAsync(settle, stop)
                ? Results.Json(book.Judge(query), ReceiptsJsonContext.Default.LedgerReport)
                : Problems.BadRequest(Settlement.Form);
        });
        routes.MapGet("/ledger/line", async (string? settle, LedgerBook book, Settlement settlement, CancellationToken stop) =>
            await settlement.TryWaitAsync(settle, stop)
                ? Results.Text(book.Judge(new LedgerQuery()).ToLine() + "\n")
                : Problems.BadRequest(Settlement.Form));
    }

    private static bool TryReadQuery(string? by, int? limit, out LedgerQuery query)
    {
        query = new LedgerQuery();
        if (limit is < 1 or > LedgerQuery.MaxLimit)
            return false;
        var grouping = by?.ToUpperInvariant() switch
        {
            null or "REPORTER" => LedgerGrouping.Reporter,
            "PATH" => LedgerGrouping.Path,
            "SOURCE" => LedgerGrouping.Source,
            "TOPIC" => LedgerGrouping.Topic,
            _ => (LedgerGrouping?)null,
        };
        query = new LedgerQuery(grouping ?? default, limit ?? LedgerQuery.DefaultLimit);
        return grouping is not null;
    }
}
