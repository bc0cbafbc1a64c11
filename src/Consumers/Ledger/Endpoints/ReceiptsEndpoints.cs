using System.Text.Json;
using EventSourcing.Receipts;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;

namespace EventSourcing.Ledger;

/// <summary><c>PUT /receipts/{reporter}</c>: what a sender was told.</summary>
internal static class ReceiptsEndpoints
{
    private const int MaxSourceCharacters = 1_024;
    private const int MaxTopicCharacters = 249;

    public static void MapReceipts(this IEndpointRouteBuilder routes) => routes.MapPut("/receipts/{reporter}", PutAsync);

    private static async Task<IResult> PutAsync(
        string reporter, HttpContext http, LedgerBook book, IOptions<LedgerOptions> options, ILogger<LedgerBook> logger, CancellationToken stop)
    {
        if (!ReporterName.IsValid(reporter))
            return Problems.BadRequest("A reporter's name is 1 to 100 characters of a-z, A-Z, 0-9, '.', '_' and '-'.");
        if (!http.Request.HasJsonContentType())
            return Problems.UnsupportedMediaType();
        Limit(http, options.Value.MaxReportBytes);
        try
        {
            var report = await JsonSerializer.DeserializeAsync(http.Request.Body, ReceiptsJsonContext.Default.ReceiptsReport, stop);
            return Check(report) is { } problem ? Problems.BadRequest(problem) : Take(reporter, report!, book, logger);
        }
        catch (JsonException exception)
        {
            return Problems.BadRequest(exception.Message);
        }
        catch (BadHttpRequestException exception) when (exception.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return Problems.TooLarge(options.Value.MaxReportBytes);
        }
    }

    private static IResult Take(string reporter, ReceiptsReport report, LedgerBook book, ILogger logger)
    {
        if (book.Take(reporter, report) != ReportOutcome.Full)
            return Results.NoContent();
        Log.ReportRefused(logger, reporter);
        return Problems.Full();
    }

    private static void Limit(HttpContext http, long bytes)
    {
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } feature)
            feature.MaxRequestBodySize = bytes;
    }

    private static string? Check(ReceiptsReport? report)
    {
        if (report is null)
            return "The report is null.";
        if (report.Number < 1)
            return "number counts from 1.";
        foreach (var source in report.Sources)
        {
            if (source is null)
                return "sources holds a null.";
            if (source.Source.Length is 0 or > MaxSourceCharacters)
                return $"A source has 1 to {MaxSourceCharacters} characters.";
            if (source.Topic.Length is 0 or > MaxTopicCharacters)
                return $"A topic has 1 to {MaxTopicCharacters} characters.";
        }
        var distinct = report.Sources.DistinctBy(static source => (source.Topic, source.Source)).Count();
        return distinct == report.Sources.Count ? null : "A source and topic appear twice.";
    }
}
