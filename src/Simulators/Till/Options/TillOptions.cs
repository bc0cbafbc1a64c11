using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace EventSourcing.Till.Options;

/// <summary>The stores and their tills. The queue's address: <c>ConnectionStrings:mq</c>, <c>amqp[s]://[user:password@]host[:port]</c>.</summary>
public sealed class TillOptions
{
    /// <summary>Configuration section.</summary>
    public const string SectionName = "Till";

    /// <summary>The queue; its name is part of the events' <c>source</c>. Default <c>store-sales</c>.</summary>
    [Required, RegularExpression("[A-Za-z0-9._-]{1,100}", ErrorMessage = "Till:Queue must be 1 to 100 of [A-Za-z0-9._-].")]
    public string Queue { get; set; } = "store-sales";

    /// <summary>Address of the link's target, as the broker wants it; default: the queue's name. RabbitMQ 3: <c>/queue/NAME</c>, 4: <c>/queues/NAME</c>.</summary>
    public string? Address { get; set; }

    /// <summary>The topic the sales are meant for; receipts are booked under it. Default <c>store-sales</c>.</summary>
    [Required] public string Topic { get; set; } = "store-sales";

    /// <summary>Sales of all stores, per second, 0.1 to 100,000; default 40.</summary>
    [Range(0.1, 100_000)] public double SalesPerSecond { get; set; } = 40;

    /// <summary>Sales after which the tills close, count; default 0: they sell until they are stopped.</summary>
    [Range(0, long.MaxValue)] public long Count { get; set; }

    /// <summary>Stores, count, 1 to 10,000; default 20.</summary>
    [Range(1, 10_000)] public int Stores { get; set; } = 20;

    /// <summary>Groups that the stores are parted into, each with a connection, a link and a <c>source</c> of its own; count, 1 to 100, default 2.</summary>
    [Range(1, 100)] public int Groups { get; set; } = 2;

    /// <summary>Messages of a group that are under way without an answer, count, 1 to 10,000; default 100.</summary>
    [Range(1, 10_000)] public int Window { get; set; } = 100;

    /// <summary>Most sales of one message, a customer's basket; count, 1 to 100, default 4.</summary>
    [Range(1, 100)] public int MaxBasket { get; set; } = 4;

    /// <summary>Character set of the records; default <c>IBM037</c> (EBCDIC). An ASCII one writes zoned decimals as translated EBCDIC.</summary>
    [Required] public string Charset { get; set; } = "IBM037";

    /// <summary>Seed of the sales: the same seed, stores and groups give the same sales.</summary>
    public int Seed { get; set; } = 1;

    /// <summary>Every Nth message starts a trace, 0 (none) to 1,000,000; default 100.</summary>
    [Range(0, 1_000_000)] public int TraceEvery { get; set; } = 100;

    /// <summary>How long a stop waits for outstanding answers, 0 to 1 min; default 5 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:01:00")] public TimeSpan DrainTimeout { get; set; } = TimeSpan.FromSeconds(5);
}

/// <summary>Validates at start, all errors at once.</summary>
[OptionsValidator]
internal sealed partial class TillOptionsValidator : IValidateOptions<TillOptions>;
