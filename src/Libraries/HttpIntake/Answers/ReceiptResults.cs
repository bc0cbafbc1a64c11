using System.Globalization;
using EventSourcing.EventBackbone;

namespace EventSourcing.HttpIntake;

/// <summary>Receipts as HTTP answers.</summary>
public static class ReceiptResults
{
    /// <summary>One event: 201 with its position when stored, 202 when on its way, else the refusal.</summary>
    public static IResult One(string? id, in Receipt receipt)
    {
        if (receipt.Rejection is { } refusal)
            return new RefusalResult(refusal);
        var status = receipt.Level == ReceiptLevel.Stored ? StatusCodes.Status201Created : StatusCodes.Status202Accepted;
        return TypedResults.Json(Verdict.Of(id, receipt), AnswerJson.Default.Verdict, statusCode: status);
    }

    /// <summary>
    /// A batch: 200 with a verdict per event. When every event was refused and all may succeed later, the batch as a whole is refused
    /// (429 or 503); when some may, the answer carries <c>Retry-After</c> beside the verdicts.
    /// </summary>
    /// <param name="ids">Ids in the order of the events; null where one had none that could be read.</param>
    /// <param name="receipts">Receipts in the same order.</param>
    /// <param name="response">Gets <c>Retry-After</c>.</param>
    public static IResult Batch(IReadOnlyList<string?> ids, ReadOnlySpan<Receipt> receipts, HttpResponse response)
    {
        var passing = LongestPassing(receipts);
        var verdicts = new Verdict[receipts.Length];
        var allPassing = true;
        for (var i = 0; i < verdicts.Length; i++)
        {
            verdicts[i] = Verdict.Of(ids[i], receipts[i]);
            allPassing &= receipts[i].Rejection is { Kind: not RejectionKind.Poison };
        }

        if (passing is not null && allPassing)
            return new RefusalResult(passing);
        if (passing?.RetryAfter is { } delay)
            response.Headers.RetryAfter = RefusalResult.ToSeconds(delay).ToString(CultureInfo.InvariantCulture);
        return TypedResults.Json(verdicts, AnswerJson.Default.VerdictArray);
    }

    /// <summary>Of the refusals that may pass, the one that asks for the longest wait; null when there is none.</summary>
    public static Rejection? LongestPassing(ReadOnlySpan<Receipt> receipts)
    {
        Rejection? longest = null;
        foreach (var receipt in receipts)
        {
            if (receipt.Rejection is { Kind: not RejectionKind.Poison } refusal && !(longest?.RetryAfter >= refusal.RetryAfter))
                longest = refusal;
        }

        return longest;
    }
}
