using System.Globalization;
using EventSourcing.EventBackbone;
using EventSourcing.WebEvents.Intake;

namespace EventSourcing.WebEvents.Endpoints;

/// <summary>Receipts as HTTP answers.</summary>
internal static class ReceiptResults
{
    /// <summary>One event: 201 with its position when stored, 202 when on its way, else the refusal.</summary>
    public static IResult One(in IntakeReceipts intake)
    {
        var receipt = intake.Receipts.Span[0];
        if (receipt.Rejection is { } refusal)
            return new RefusalResult(refusal);
        var status = receipt.Level == ReceiptLevel.Stored ? StatusCodes.Status201Created : StatusCodes.Status202Accepted;
        return TypedResults.Json(Verdict.Of(intake.Ids[0], receipt), AnswerJson.Default.Verdict, statusCode: status);
    }

    /// <summary>
    /// A batch: 200 with a verdict per event. When every event was refused and all may succeed later, the batch as a whole is refused
    /// (429 or 503); when some may, the answer carries <c>Retry-After</c> beside the verdicts.
    /// </summary>
    public static IResult Batch(in IntakeReceipts intake, HttpResponse response)
    {
        var passing = intake.LongestPassing();
        var verdicts = new Verdict[intake.Receipts.Length];
        var allPassing = true;
        for (var i = 0; i < verdicts.Length; i++)
        {
            var receipt = intake.Receipts.Span[i];
            verdicts[i] = Verdict.Of(intake.Ids[i], receipt);
            allPassing &= receipt.Rejection is { Kind: not RejectionKind.Poison };
        }

        if (passing is not null && allPassing)
            return new RefusalResult(passing);
        if (passing?.RetryAfter is { } delay)
            response.Headers.RetryAfter = RefusalResult.ToSeconds(delay).ToString(CultureInfo.InvariantCulture);
        return TypedResults.Json(verdicts, AnswerJson.Default.VerdictArray);
    }
}
