using System.Net;
using EventSourcing.LocalKafka.Security;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace EventSourcing.LocalKafka;

/// <summary>How a broker listens and stores. The defaults suit a test: a free port, a temporary folder.</summary>
public sealed record LocalKafkaOptions
{
    /// <summary>Port to listen on, 0 to 65 535; 0, the default, takes a free one.</summary>
    public int Port { get; set; }

    /// <summary>Address to listen on; the loopback interface by default. Without <see cref="SecurityProtocol"/> there is no security: open it to a network you trust only.</summary>
    public IPAddress Address { get; set; } = IPAddress.Loopback;

    /// <summary>Host that clients are told to connect to; null takes the address, or the machine's name when listening on all addresses.</summary>
    public string? AdvertisedHost { get; set; }

    /// <summary>Port that clients are told to connect to; 0, the default, takes the port the broker listens on.</summary>
    public int AdvertisedPort { get; set; }

    /// <summary>What the listener on <see cref="Port"/> asks of its clients; <see cref="SecurityProtocol.Plaintext"/> by default.</summary>
    public SecurityProtocol SecurityProtocol { get; set; } = SecurityProtocol.Plaintext;

    /// <summary>Listeners beside the first, each with another <see cref="SecurityProtocol"/>; none by default (Kafka: <c>listeners</c>).</summary>
    public IReadOnlyList<LocalKafkaListener> AdditionalListeners { get; set; } = [];

    /// <summary>Certificate and users of listeners that ask for them.</summary>
    public SecurityOptions Security { get; set; } = new();

    /// <summary>Folder of the log; null, the default, takes a temporary one that is deleted at the end.</summary>
    public string? DataDirectory { get; set; }

    /// <summary>When appended records are forced to disk. Null, the default, is <see cref="FsyncPolicy.Interval"/> in a folder of yours and <see cref="FsyncPolicy.Never"/> in a temporary one.</summary>
    public FsyncPolicy? Fsync { get; set; }

    /// <summary>Time between two flushes of <see cref="FsyncPolicy.Interval"/>, at least 10 ms; 1 second by default.</summary>
    public TimeSpan FlushInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Partitions of a topic that is created without a number, 1 to 10 000; 1 by default (Kafka: <c>num.partitions</c>).</summary>
    public int DefaultPartitions { get; set; } = 1;

    /// <summary>Time between two looks for segments that retention deletes, at least 10 ms; 5 minutes by default (Kafka: <c>log.retention.check.interval.ms</c>).</summary>
    public TimeSpan RetentionCheckInterval { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>Time between two looks for compacted topics to clean, at least 10 ms; 15 seconds by default, as in Kafka (<c>log.cleaner.backoff.ms</c>).</summary>
    public TimeSpan LogCleanerBackoff { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>
    /// Most memory for the keys of a log while it is compacted, in bytes, 1 KiB to 2 GiB; 32 MiB by default, which is 1.2 million keys (Kafka:
    /// <c>log.cleaner.dedupe.buffer.size</c>, 128 MiB). A log with more keys takes more than one round.
    /// </summary>
    public long LogCleanerDedupeBufferBytes { get; set; } = 32 << 20;

    /// <summary>Largest request in bytes, 1 024 to 1 073 741 824; 100 MiB by default (Kafka: <c>socket.request.max.bytes</c>).</summary>
    public int MaxRequestBytes { get; set; } = 100 << 20;

    /// <summary>Connections of each listener at a time, at least 1; 4 096 by default. More are closed at once.</summary>
    public int MaxConnections { get; set; } = 4_096;

    /// <summary>How long a connection may go without beginning or answering a request before it is closed, from 1 second; 10 minutes by default, as in Kafka (<c>connections.max.idle.ms</c>).</summary>
    public TimeSpan ConnectionsMaxIdle { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>How long the first rebalance of a group waits for more members, 0 to 1 minute; 50 ms by default (Kafka: <c>group.initial.rebalance.delay.ms</c>, 3 s).</summary>
    public TimeSpan GroupInitialRebalanceDelay { get; set; } = TimeSpan.FromMilliseconds(50);

    /// <summary>Shortest session timeout a member may ask for; 6 seconds by default, as in Kafka.</summary>
    public TimeSpan GroupMinSessionTimeout { get; set; } = TimeSpan.FromSeconds(6);

    /// <summary>Longest session timeout a member may ask for; 30 minutes by default, as in Kafka.</summary>
    public TimeSpan GroupMaxSessionTimeout { get; set; } = TimeSpan.FromMinutes(30);

    /// <summary>How long committed offsets are kept after their group lost its last member, at least 1 s; 7 days by default (Kafka: <c>offsets.retention.minutes</c>).</summary>
    public TimeSpan OffsetsRetention { get; set; } = TimeSpan.FromDays(7);

    /// <summary>Time between two looks for offsets that are over their retention, at least 10 ms; 10 minutes by default (Kafka: <c>offsets.retention.check.interval.ms</c>).</summary>
    public TimeSpan OffsetsRetentionCheckInterval { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>Longest transaction timeout a producer may ask for; 15 minutes by default, as in Kafka (<c>transaction.max.timeout.ms</c>).</summary>
    public TimeSpan TransactionMaxTimeout { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>Time between two looks for transactions that are over their timeout, at least 10 ms; 1 second by default (Kafka: <c>transaction.abort.timed.out.transaction.cleanup.interval.ms</c>, 10 s).</summary>
    public TimeSpan TransactionCheckInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Where the broker logs what someone should look at; nowhere by default.</summary>
    public ILoggerFactory LoggerFactory { get; set; } = NullLoggerFactory.Instance;

    /// <summary>The clock of retention, sessions and waits; the system's by default.</summary>
    public TimeProvider TimeProvider { get; set; } = TimeProvider.System;

    /// <exception cref="ArgumentException">An option is out of its range; the message names every one that is.</exception>
    internal void Validate()
    {
        List<string> wrong = [];
        Check(Port is >= 0 and <= 65_535, $"{nameof(Port)} must be 0 to 65535, not {Port}.");
        Check(AdvertisedPort is >= 0 and <= 65_535, $"{nameof(AdvertisedPort)} must be 0 to 65535, not {AdvertisedPort}.");
        Check(FlushInterval >= TimeSpan.FromMilliseconds(10), $"{nameof(FlushInterval)} must be at least 10 ms.");
        Check(DefaultPartitions is >= 1 and <= 10_000, $"{nameof(DefaultPartitions)} must be 1 to 10000, not {DefaultPartitions}.");
        Check(RetentionCheckInterval >= TimeSpan.FromMilliseconds(10), $"{nameof(RetentionCheckInterval)} must be at least 10 ms.");
        Check(LogCleanerBackoff >= TimeSpan.FromMilliseconds(10), $"{nameof(LogCleanerBackoff)} must be at least 10 ms.");
        Check(LogCleanerDedupeBufferBytes is >= 1_024 and <= 1L << 31, $"{nameof(LogCleanerDedupeBufferBytes)} must be 1024 to 2147483648, not {LogCleanerDedupeBufferBytes}.");
        Check(MaxRequestBytes is >= 1_024 and <= 1 << 30, $"{nameof(MaxRequestBytes)} must be 1024 to 1073741824, not {MaxRequestBytes}.");
        Check(MaxConnections >= 1, $"{nameof(MaxConnections)} must be at least 1.");
        Check(ConnectionsMaxIdle >= TimeSpan.FromSeconds(1) && ConnectionsMaxIdle.TotalMilliseconds <= int.MaxValue, $"{nameof(ConnectionsMaxIdle)} must be 1 second to 24 days.");
        Check(GroupInitialRebalanceDelay >= TimeSpan.Zero && GroupInitialRebalanceDelay <= TimeSpan.FromMinutes(1), $"{nameof(GroupInitialRebalanceDelay)} must be 0 to 1 minute.");
        Check(GroupMinSessionTimeout > TimeSpan.Zero && GroupMinSessionTimeout <= GroupMaxSessionTimeout, $"{nameof(GroupMinSessionTimeout)} must be positive and at most {nameof(GroupMaxSessionTimeout)}.");
        Check(OffsetsRetention >= TimeSpan.FromSeconds(1), $"{nameof(OffsetsRetention)} must be at least 1 s.");
        Check(OffsetsRetentionCheckInterval >= TimeSpan.FromMilliseconds(10), $"{nameof(OffsetsRetentionCheckInterval)} must be at least 10 ms.");
        Check(TransactionMaxTimeout > TimeSpan.Zero && TransactionMaxTimeout.TotalMilliseconds <= int.MaxValue, $"{nameof(TransactionMaxTimeout)} must be positive and at most 24 days.");
        Check(TransactionCheckInterval >= TimeSpan.FromMilliseconds(10), $"{nameof(TransactionCheckInterval)} must be at least 10 ms.");
        SecurityRules.Check(this, Check);
        if (wrong.Count > 0)
            throw new ArgumentException(string.Join(' ', wrong));

        void Check(bool isRight, string otherwise)
        {
            if (!isRight)
                wrong.Add(otherwise);
        }
    }
}
