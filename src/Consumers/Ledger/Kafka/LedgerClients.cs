using Confluent.Kafka;
using Microsoft.Extensions.Options;

namespace EventSourcing.Ledger;

/// <summary>Makes the ledger's Kafka clients. Sections <c>Backbone:Client</c> and <c>Ledger:Client</c> hold further librdkafka settings (TLS, SASL), by their names.</summary>
internal sealed class LedgerClients(IOptions<LedgerOptions> options, IConfiguration configuration, ILogger<LedgerClients> logger)
{
    private static readonly string[] ClientSections = ["Backbone:Client", $"{LedgerOptions.SectionName}:Client"];

    /// <summary>A name of its own per run: nothing is committed under it, and no other run's positions are met.</summary>
    public string Group { get; } = $"ledger-{Guid.NewGuid():N}"[..15];

    /// <summary>
    /// A consumer that reads what it is assigned, from the beginning unless told otherwise. It joins no group: a rebalance would give it positions that were never committed,
    /// so it would read records twice and count them as duplicates.
    /// </summary>
    public IConsumer<byte[]?, byte[]?> CreateConsumer() => new ConsumerBuilder<byte[]?, byte[]?>(Configure(new ConsumerConfig
    {
        GroupId = Group,
        EnableAutoCommit = false,
        EnableAutoOffsetStore = false,
        EnablePartitionEof = true,
        AutoOffsetReset = AutoOffsetReset.Earliest,
        AllowAutoCreateTopics = false,
        IsolationLevel = IsolationLevel.ReadCommitted,
        FetchWaitMaxMs = 100,
        FetchErrorBackoffMs = 200,
        ReconnectBackoffMs = 100,
        ReconnectBackoffMaxMs = 1_000,
        QueuedMaxMessagesKbytes = 32 * 1024,
    }))
        .SetErrorHandler((_, error) => Log.ClientError(logger, error.Reason))
        .SetLogHandler((_, message) => Log.ClientMessage(logger, message.Facility, message.Message))
        .Build();

    /// <summary>An admin client, for the partitions and their ends.</summary>
    public IAdminClient CreateAdmin() => new AdminClientBuilder(Configure(new AdminClientConfig { ReconnectBackoffMs = 100, ReconnectBackoffMaxMs = 1_000 }))
        .SetErrorHandler((_, error) => Log.ClientMessage(logger, "ERROR", error.Reason))
        .SetLogHandler((_, message) => Log.ClientMessage(logger, message.Facility, message.Message))
        .Build();

    private TConfig Configure<TConfig>(TConfig config)
        where TConfig : ClientConfig
    {
        config.BootstrapServers = options.Value.BootstrapServers;
        config.ClientId = "ledger";
        foreach (var setting in ClientSections.SelectMany(section => configuration.GetSection(section).GetChildren()))
            config.Set(setting.Key, setting.Value);
        return config;
    }
}
