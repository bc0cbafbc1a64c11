using System.ComponentModel.DataAnnotations;

namespace EventSourcing.SensorIngest.Options;

/// <summary>What the HTTP endpoints take.</summary>
public sealed class HttpSourceOptions
{
    /// <summary>Configuration section.</summary>
    public const string SectionName = "Http";

    /// <summary>Largest request body, bytes, 1 KiB to 64 MiB; default 1 MiB. More is answered 413.</summary>
    [Range(1_024, 67_108_864)] public int MaxBodyBytes { get; set; } = 1_048_576;

    /// <summary>Most events of one batch, count, 1 to 10,000; default 500. More is answered 413.</summary>
    [Range(1, 10_000)] public int MaxBatchEvents { get; set; } = 500;

    /// <summary>Requests in work at one time, count, 1 to 100,000; default 256. More are answered 429.</summary>
    [Range(1, 100_000)] public int MaxRequests { get; set; } = 256;

    /// <summary>
    /// Longest wait for receipts, 100 ms to 5 min; default 10 s. Then 503: the events may be stored later, so a retry with the same ids
    /// should say <c>redelivery: possible-duplicate</c>.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:05:00")] public TimeSpan AnswerTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>When a refused client may try again unless the backbone knows better, 100 ms to 5 min; default 1 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:05:00")] public TimeSpan RetryAfter { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Where <c>/schemas/</c> is reached from outside, for <c>dataschema</c>; absolute, ends in a slash.</summary>
    [Required] public Uri SchemaBaseUri { get; set; } = new("http://localhost:5111/schemas/");
}
