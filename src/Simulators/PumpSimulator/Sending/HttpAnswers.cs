using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace EventSourcing.PumpSimulator.Sending;

/// <summary>SensorIngest's HTTP answers.</summary>
internal static class HttpAnswers
{
    private const string OutcomeUnknown = "urn:eventsourcing:outcome-unknown";

    /// <summary>One answer per event.</summary>
    /// <exception cref="JsonException">The body is not what the service answers with.</exception>
    public static Answer[] Read(HttpResponseMessage response, byte[] body, int count)
    {
        if (!response.IsSuccessStatusCode)
            return All(count, OfRefusal(response, body));
        if (count == 1)
            return [Of(JsonSerializer.Deserialize(body, AnswerJson.Default.Verdict) ?? throw new JsonException("null for a verdict"))];
        var verdicts = JsonSerializer.Deserialize(body, AnswerJson.Default.VerdictArray) ?? [];
        return verdicts.Length == count
            ? Array.ConvertAll(verdicts, Of)
            : throw new JsonException($"{verdicts.Length} verdicts for {count} events");
    }

    /// <summary>The same answer for all events.</summary>
    public static Answer[] All(int count, Answer answer)
    {
        var answers = new Answer[count];
        Array.Fill(answers, answer);
        return answers;
    }

    private static Answer OfRefusal(HttpResponseMessage response, byte[] body)
    {
        var problem = body is [(byte)'{', ..] ? JsonSerializer.Deserialize(body, AnswerJson.Default.Problem) : null;
        var detail = $"{(int)response.StatusCode}: {problem?.Detail ?? response.ReasonPhrase}";
        return response.StatusCode is HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError
            ? Later(problem?.Type, detail, response.Headers.RetryAfter?.Delta)
            : new Answer(AnswerKind.Rejected, detail);
    }

    private static Answer Of(Verdict verdict) => verdict.Status switch
    {
        "stored" => new(AnswerKind.Stored, $"{verdict.Topic}/{verdict.Partition}@{verdict.Offset}"),
        "spooled" => new(AnswerKind.Spooled, $"spooled for {verdict.Topic}"),
        "queued" => new(AnswerKind.Queued, $"queued for {verdict.Topic}"),
        _ when verdict.RetryAfter is { } seconds => Later(verdict.Type, verdict.Detail ?? "", TimeSpan.FromSeconds(seconds)),
        _ => new(AnswerKind.Rejected, verdict.Detail ?? verdict.Type ?? "refused"),
    };

    private static Answer Later(string? type, string detail, TimeSpan? retryAfter) =>
        new(type == OutcomeUnknown ? AnswerKind.Unknown : AnswerKind.NotTaken, detail, retryAfter);
}

/// <summary>One event's verdict.</summary>
internal sealed record Verdict(string? Status, string? Topic, int? Partition, long? Offset, string? Type, string? Detail, int? RetryAfter);

/// <summary>What this client reads of problem details (RFC 9457).</summary>
internal sealed record Problem(string? Type, string? Detail);

/// <summary>How answers are read.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Verdict))]
[JsonSerializable(typeof(Verdict[]))]
[JsonSerializable(typeof(Problem))]
internal sealed partial class AnswerJson : JsonSerializerContext;
