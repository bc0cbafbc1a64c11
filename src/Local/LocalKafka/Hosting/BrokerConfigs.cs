using System.Globalization;
using EventSourcing.LocalKafka.Security;
using EventSourcing.LocalKafka.Topics;

namespace EventSourcing.LocalKafka.Hosting;

/// <summary>The broker's settings under the names that Kafka gives them, for tools that ask.</summary>
internal sealed class BrokerConfigs(LocalKafkaOptions options, BrokerIdentity broker, string dataDirectory)
{
    public List<ConfigEntry> Entries { get; } =
    [
        Entry("advertised.listeners", string.Join(',', broker.Listeners.Select(listener => $"{ListenerSettings.NameOf(listener.SecurityProtocol)}://{listener.BootstrapServers}")), ConfigType.List),
        Entry("auto.create.topics.enable", "false", ConfigType.Boolean),
        Entry("connections.max.idle.ms", Milliseconds(options.ConnectionsMaxIdle), ConfigType.Long),
        Entry("connection.failed.authentication.delay.ms", Milliseconds(options.Security.FailedAuthenticationDelay), ConfigType.Int),
        Entry("default.replication.factor", "1", ConfigType.Int),
        Entry("group.initial.rebalance.delay.ms", Milliseconds(options.GroupInitialRebalanceDelay), ConfigType.Int),
        Entry("group.max.session.timeout.ms", Milliseconds(options.GroupMaxSessionTimeout), ConfigType.Int),
        Entry("group.min.session.timeout.ms", Milliseconds(options.GroupMinSessionTimeout), ConfigType.Int),
        Entry("log.cleaner.backoff.ms", Milliseconds(options.LogCleanerBackoff), ConfigType.Long),
        Entry("log.cleaner.dedupe.buffer.size", options.LogCleanerDedupeBufferBytes.ToString(CultureInfo.InvariantCulture), ConfigType.Long),
        Entry("log.dirs", dataDirectory, ConfigType.List),
        Entry("log.retention.check.interval.ms", Milliseconds(options.RetentionCheckInterval), ConfigType.Long),
        Entry("max.connections", options.MaxConnections.ToString(CultureInfo.InvariantCulture), ConfigType.Int),
        Entry("node.id", broker.NodeId.ToString(CultureInfo.InvariantCulture), ConfigType.Int),
        Entry("num.partitions", options.DefaultPartitions.ToString(CultureInfo.InvariantCulture), ConfigType.Int),
        Entry("offsets.retention.check.interval.ms", Milliseconds(options.OffsetsRetentionCheckInterval), ConfigType.Long),
        Entry("offsets.retention.minutes", ((long)options.OffsetsRetention.TotalMinutes).ToString(CultureInfo.InvariantCulture), ConfigType.Int),
        Entry("sasl.enabled.mechanisms", string.Join(',', options.Security.SaslMechanisms), ConfigType.List),
        Entry("socket.request.max.bytes", options.MaxRequestBytes.ToString(CultureInfo.InvariantCulture), ConfigType.Int),
        Entry("transaction.abort.timed.out.transaction.cleanup.interval.ms", Milliseconds(options.TransactionCheckInterval), ConfigType.Int),
        Entry("transaction.max.timeout.ms", Milliseconds(options.TransactionMaxTimeout), ConfigType.Int),
    ];

    private static ConfigEntry Entry(string name, string value, ConfigType type) =>
        new(name, value, type, ConfigSource.StaticBroker, IsReadOnly: true, "Set when the broker starts.");

    private static string Milliseconds(TimeSpan duration) => ((long)duration.TotalMilliseconds).ToString(CultureInfo.InvariantCulture);
}
