using System.ComponentModel.DataAnnotations;

namespace EventSourcing.Orders.Options;

/// <summary>What the API takes. The database: <c>ConnectionStrings:orders</c>.</summary>
public sealed class OrdersOptions
{
    /// <summary>Configuration section.</summary>
    public const string SectionName = "Orders";

    /// <summary>Largest request body, bytes; 1 KiB to 192 KiB (its event must fit the topic), default 64 KiB. More is answered 413.</summary>
    [Range(1_024, 196_608)] public int MaxBodyBytes { get; set; } = 65_536;

    /// <summary>Requests that use the database at one time, count; 1 to 1,000, default 32.</summary>
    [Range(1, 1_000)] public int MaxConcurrentRequests { get; set; } = 32;

    /// <summary>Requests that wait for their turn, count; 0 to 100,000, default 256. More is answered 429.</summary>
    [Range(0, 100_000)] public int MaxWaitingRequests { get; set; } = 256;

    /// <summary>How long a statement may take, in whole seconds; 1 s to 1 min, default 5 s. Longer is answered 503: the outcome is unknown, the same key finds it out.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:01:00")] public TimeSpan CommandTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>When a refused client may try again; 100 ms to 5 min, default 1 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:05:00")] public TimeSpan RetryAfter { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How long the answer to an idempotency key is kept; 1 min to 30 days, default 1 day.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "30.00:00:00")] public TimeSpan KeyLifetime { get; set; } = TimeSpan.FromDays(1);

    /// <summary>Where <c>/schemas/</c> is reached from outside, for <c>dataschema</c>; absolute, ends in a slash.</summary>
    [Required] public Uri SchemaBaseUri { get; set; } = new("http://localhost:5161/schemas/");
}
