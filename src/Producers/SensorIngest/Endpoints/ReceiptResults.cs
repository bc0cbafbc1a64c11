using System.Globalization;
using EventSourcing.EventBackbone;
using EventSourcing.SensorIngest.Intake;

namespace EventSourcing.SensorIngest.Endpoints;

/// <summary>Receipts as HTTP answers.</summary>
internal static class ReceiptResults
{
    /// <summary>One event: 201 with its position when stored, 202 when on its way, else the refusal.</summary>
    public static IResult One(DecodeResult member, Receipt receipt)
    {
        if (receipt.Rejection is { } refusal)
            return new RefusalResult(refusal);
        var status = receipt.Level == ReceiptLevel.Stored ? StatusCodes.Status201Created : StatusCodes.Status202Accepted;
        return TypedResults.Json(Verdict.Of(member.Id, receipt), AnswerJson.Default.Verdict, statusCode: status);
    }

    /// <summary>
    /// A batch: 200 with a verdict per event. When every event was refused and all may succeed later, the batch as a whole is refused
    /// (429 or 503); when some may, the answer carries <c>Retry-After</c> beside the verdicts.
    /// </summary>
    public static IResult Batch(IReadOnlyList<DecodeResult> members, Receipt[] receipts, HttpResponse response)
    {
        var passing = receipts
            .Select(static receipt => receipt.Rejection)
            .Where(static rejection => rejection is { Kind: not RejectionKind.Poison })
            .ToList();
        var longest = passing.MaxBy(static rejection => rejection!.RetryAfter);
        if (longest is not null && passing.Count == receipts.Length)
            return new RefusalResult(longest);
        if (longest?.RetryAfter is { } delay)
            response.Headers.RetryAfter = RefusalResult.ToSeconds(delay).ToString(CultureInfo.InvariantCulture);
        Verdict[] verdicts = [.. receipts.Select((receipt, i) => Verdict.Of(members[i].Id, receipt))];
        return TypedResults.Json(verdicts, AnswerJson.Default.VerdictArray);
    }
}
