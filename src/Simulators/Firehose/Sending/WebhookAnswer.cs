using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace EventSourcing.Firehose.Sending;

/// <summary>What the webhook says about one post.</summary>
internal enum AnswerKind
{
    /// <summary>In Kafka.</summary>
    Stored,

    /// <summary>On the service's disk.</summary>
    Spooled,

    /// <summary>In the service's memory.</summary>
    Queued,

    /// <summary>Refused for good.</summary>
    Rejected,

    /// <summary>Not taken, to be sent again.</summary>
    NotTaken,

    /// <summary>Nobody knows; to be sent again, marked.</summary>
    Unknown,
}

/// <summary>The answer to one post.</summary>
/// <param name="Kind">What became of it.</param>
/// <param name="RetryAfter">When to send it again.</param>
/// <param name="Detail">Why it was refused.</param>
internal readonly record struct WebhookAnswer(AnswerKind Kind, TimeSpan RetryAfter = default, string? Detail = null)
{
    private const string OutcomeUnknown = "urn:eventsourcing:outcome-unknown";

    /// <summary>The answers to the posts of one request, in order.</summary>
    public static async Task<WebhookAnswer[]> ReadAsync(HttpResponseMessage response, int posts, CancellationToken stop)
    {
        if (response.StatusCode == HttpStatusCode.OK)
        {
            var verdicts = await response.Content.ReadFromJsonAsync(AnswerJson.Default.WebhookVerdictArray, stop) ?? [];
            return [.. verdicts.Select(Of)];
        }

        if (response.IsSuccessStatusCode)
            return [Of((await response.Content.ReadFromJsonAsync(AnswerJson.Default.WebhookVerdict, stop))!)];
        return [.. Enumerable.Repeat(await OfRefusalAsync(response, stop), posts)];
    }

    private static WebhookAnswer Of(WebhookVerdict verdict) => verdict switch
    {
        { Status: "stored" } => new(AnswerKind.Stored),
        { Status: "spooled" } => new(AnswerKind.Spooled),
        { Status: "queued" } => new(AnswerKind.Queued),
        { RetryAfter: { } seconds } => new(verdict.Type == OutcomeUnknown ? AnswerKind.Unknown : AnswerKind.NotTaken, TimeSpan.FromSeconds(seconds), verdict.Detail),
        _ => new(AnswerKind.Rejected, Detail: verdict.Detail),
    };

    private static async Task<WebhookAnswer> OfRefusalAsync(HttpResponseMessage response, CancellationToken stop)
    {
        var problem = response.Content.Headers.ContentType?.MediaType == "application/problem+json"
            ? await response.Content.ReadFromJsonAsync(AnswerJson.Default.WebhookVerdict, stop) : null;
        var wait = response.Headers.RetryAfter?.Delta ?? TimeSpan.FromSeconds(1);
        var detail = $"{(int)response.StatusCode} {problem?.Detail}";
        return (int)response.StatusCode switch
        {
            429 => new(AnswerKind.NotTaken, wait, detail),
            503 => new(problem?.Type == OutcomeUnknown ? AnswerKind.Unknown : AnswerKind.NotTaken, wait, detail),
            408 or >= 500 => new(AnswerKind.Unknown, wait, detail),
            _ => new(AnswerKind.Rejected, Detail: detail),
        };
    }
}

/// <summary>What the webhook answers: a verdict, or a problem.</summary>
internal sealed record WebhookVerdict(string? Type, string? Detail, int? RetryAfter, [property: JsonConverter(typeof(StatusConverter))] string? Status);

/// <summary>A verdict's status is a word; a problem's is a number.</summary>
internal sealed class StatusConverter : JsonConverter<string?>
{
    public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String ? reader.GetString() : null;

    public override void Write(Utf8JsonWriter writer, string? value, JsonSerializerOptions options) => writer.WriteStringValue(value);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(WebhookVerdict))]
[JsonSerializable(typeof(WebhookVerdict[]))]
internal sealed partial class AnswerJson : JsonSerializerContext;
