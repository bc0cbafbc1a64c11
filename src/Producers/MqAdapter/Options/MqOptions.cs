using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace EventSourcing.MqAdapter.Options;

/// <summary>How the service receives. The broker's address is <c>ConnectionStrings:mq</c>: <c>amqp[s]://[user:password@]host[:port]</c>.</summary>
public sealed class MqOptions
{
    /// <summary>Configuration section.</summary>
    public const string SectionName = "Mq";

    /// <summary>The queues, at least one, each with its format.</summary>
    [Required, MinLength(1, ErrorMessage = "Mq:Queues names no queue.")]
    public List<QueueOptions> Queues { get; set; } = [];

    /// <summary>Unsettled messages of a queue, count, 1 to 10,000; default 200. Times <see cref="MaxMessageBytes"/> it bounds the memory.</summary>
    [Range(1, 10_000)] public int Credit { get; set; } = 200;

    /// <summary>Largest message body that is looked at, bytes, 1 KiB to 16 MiB; default 1 MiB. A larger one is poison.</summary>
    [Range(1_024, 16_777_216)] public int MaxMessageBytes { get; set; } = 1_048_576;

    /// <summary>Most records of one message, count, 1 to 10,000; default 1,000.</summary>
    [Range(1, 10_000)] public int MaxRecords { get; set; } = 1_000;

    /// <summary>How the service authenticates; default <see cref="SaslChoice.Auto"/>.</summary>
    public SaslChoice Sasl { get; set; } = SaslChoice.Auto;

    /// <summary><c>hostname</c> of the open frame, for brokers that choose by it (RabbitMQ: <c>vhost:NAME</c>); default: the address's host.</summary>
    public string? HostName { get; set; }

    /// <summary><c>container-id</c> of the open frame; default: <c>mq-adapter-</c> and a number of this process.</summary>
    public string? ContainerId { get; set; }

    /// <summary><c>idle-time-out</c> (AMQP 1.0 §2.4.5) asked of the broker, 1 s to 10 min; default 30 s.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")] public TimeSpan IdleTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Longest wait for the broker while connecting, attaching and closing, 1 s to 2 min; default 10 s.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:02:00")] public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>First wait before a reconnect, doubled each time, with jitter of half of it; 10 ms to 1 min, default 200 ms.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:01:00")] public TimeSpan ReconnectDelay { get; set; } = TimeSpan.FromMilliseconds(200);

    /// <summary>Longest wait before a reconnect, 10 ms to 10 min; default 5 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:10:00")] public TimeSpan ReconnectDelayMax { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a stop, or the end of a connection, waits for receipts that are outstanding, 0 to 1 min; default 5 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:01:00")] public TimeSpan DrainTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Messages remembered to recognise one that comes again, count, 1 to 10,000,000; default 100,000.</summary>
    [Range(1, 10_000_000)] public int DuplicateWindow { get; set; } = 100_000;

    /// <summary>Where the schemas are served: absolute, ends in <c>/</c>; default <c>http://localhost:5131/schemas/</c>.</summary>
    [Required] public Uri SchemaBaseUri { get; set; } = new("http://localhost:5131/schemas/");
}

/// <summary>SASL mechanism (AMQP 1.0 §5.3).</summary>
public enum SaslChoice
{
    /// <summary>PLAIN when the address has a user, else ANONYMOUS.</summary>
    Auto,

    /// <summary>No SASL layer at all.</summary>
    None,
}

/// <summary>Validates what annotations can say, at start.</summary>
[OptionsValidator]
internal sealed partial class MqOptionsValidator : IValidateOptions<MqOptions>;
