using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace EventSourcing.LocalMq;

/// <summary>How a broker listens and stores. The defaults suit a test: a free port, a temporary folder.</summary>
public sealed record LocalMqOptions
{
    /// <summary>The registered port of AMQP.</summary>
    public const int AmqpPort = 5672;

    /// <summary>TCP port on the loopback interface, 0 to 65,535; 0, the default, takes a free one.</summary>
    [Range(0, 65_535)] public int Port { get; set; }

    /// <summary>Folder of the messages; null, the default, takes a temporary one that is deleted at the end.</summary>
    public string? DataDirectory { get; set; }

    /// <summary>
    /// Most bytes of messages that all queues together hold, each message counted with 256 bytes of overhead; 64 KiB to 1 TiB, default 1 GiB.
    /// A full broker gives no credit, and rejects what comes on credit given before with <c>amqp:resource-limit-exceeded</c>.
    /// </summary>
    [Range(65_536, 1_099_511_627_776)] public long MaxBytes { get; set; } = 1L << 30;

    /// <summary>Most queues, their dead-letter queues included, count, 1 to 10,000; default 200. A queue is made when a link first names it.</summary>
    [Range(1, 10_000)] public int MaxQueues { get; set; } = 200;

    /// <summary>Largest message, bytes, 1 KiB to 100 MiB; default 10 MiB.</summary>
    [Range(1_024, 104_857_600)] public int MaxMessageBytes { get; set; } = 10 << 20;

    /// <summary>Messages a sender's link may have under way, count, 1 to 10,000; default 500.</summary>
    [Range(1, 10_000)] public int SenderCredit { get; set; } = 500;

    /// <summary>Bytes of messages that are kept in memory as well, so that they need not be read from disk; 0 to 4 GiB, default 64 MiB.</summary>
    [Range(0, 4_294_967_296)] public long CacheBytes { get; set; } = 64L << 20;

    /// <summary>Port of <c>GET /health</c> and <c>GET /queues</c> on the loopback interface, 0 to 65,535; 0, the default, serves neither. Executable only.</summary>
    [Range(0, 65_535)] public int HealthPort { get; set; }
}

/// <summary>Validates at start, all errors at once.</summary>
[OptionsValidator]
internal sealed partial class LocalMqOptionsValidator : IValidateOptions<LocalMqOptions>;
