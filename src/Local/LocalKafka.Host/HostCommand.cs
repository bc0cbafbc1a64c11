using System.CommandLine;
using System.Net;

namespace EventSourcing.LocalKafka.Host;

/// <summary>The command line: every option of the broker that makes sense for a process of its own.</summary>
internal sealed class HostCommand : RootCommand
{
    private readonly Option<int> _port = new("--port") { Description = "Port to listen on; 0 takes a free one.", DefaultValueFactory = _ => 9092 };
    private readonly Option<string> _data = new("--data") { Description = "Folder of the log; created if missing, kept at the end.", DefaultValueFactory = _ => "kafka-data" };
    private readonly Option<string> _bind = new("--bind") { Description = "Address to listen on. A PLAINTEXT listener has no security: think before you open it.", DefaultValueFactory = _ => "127.0.0.1" };
    private readonly Option<string?> _advertise = new("--advertise") { Description = "HOST:PORT that clients are told to connect to, when it differs from where the broker listens." };
    private readonly SecurityArguments _security = new();
    private readonly Option<FsyncPolicy> _fsync = new("--fsync") { Description = "When records are forced to disk: never, interval, or acknowledge (before acks=all is answered).", DefaultValueFactory = _ => FsyncPolicy.Interval };
    private readonly Option<int> _flushInterval = new("--flush-interval-ms") { Description = "Time between two flushes of --fsync interval, in ms.", DefaultValueFactory = _ => 1_000 };
    private readonly Option<int> _partitions = new("--partitions") { Description = "Partitions of a topic that is created without a number.", DefaultValueFactory = _ => 1 };
    private readonly Option<int> _retentionCheck = new("--retention-check-ms") { Description = "Time between two looks for segments to delete, in ms.", DefaultValueFactory = _ => 300_000 };
    private readonly Option<int> _cleanerBackoff = new("--log-cleaner-backoff-ms") { Description = "Time between two looks for compacted topics to clean, in ms.", DefaultValueFactory = _ => 15_000 };
    private readonly Option<int> _rebalanceDelay = new("--group-initial-rebalance-delay-ms") { Description = "How long a new group waits for more members, in ms.", DefaultValueFactory = _ => 50 };
    private readonly Option<int> _minSessionTimeout = new("--group-min-session-timeout-ms") { Description = "Shortest session timeout a group member may ask for, in ms.", DefaultValueFactory = _ => 6_000 };
    private readonly Option<int> _offsetsRetention = new("--offsets-retention-minutes") { Description = "How long a group's offsets are kept after its last member left, in minutes.", DefaultValueFactory = _ => 10_080 };

    public HostCommand()
        : base("A durable single-node broker that speaks the Kafka protocol. Runs until SIGTERM or Ctrl-C.")
    {
        foreach (var option in new Option[] { _port, _data, _bind, _advertise, _fsync, _flushInterval, _partitions, _retentionCheck, _cleanerBackoff, _rebalanceDelay, _minSessionTimeout, _offsetsRetention })
            Options.Add(option);
        _security.AddTo(this);
        _bind.Validators.Add(result =>
        {
            if (!IPAddress.TryParse(result.GetValueOrDefault<string>(), out _))
                result.AddError("--bind needs an IP address, for instance 127.0.0.1 or 0.0.0.0.");
        });
        _advertise.Validators.Add(result =>
        {
            if (HostAndPort.Parse(result.GetValueOrDefault<string?>()) is null)
                result.AddError("--advertise needs HOST:PORT, for instance broker.example.com:9092.");
        });
        SetAction((parsed, stop) => HostRunner.RunAsync(ToOptions(parsed), stop));
    }

    private LocalKafkaOptions ToOptions(ParseResult parsed)
    {
        var advertised = HostAndPort.Parse(parsed.GetValue(_advertise));
        var options = new LocalKafkaOptions
        {
            Port = parsed.GetValue(_port),
            DataDirectory = parsed.GetRequiredValue(_data),
            Address = IPAddress.Parse(parsed.GetRequiredValue(_bind)),
            AdvertisedHost = advertised?.Host,
            AdvertisedPort = advertised?.Port ?? 0,
            Fsync = parsed.GetValue(_fsync),
            FlushInterval = TimeSpan.FromMilliseconds(parsed.GetValue(_flushInterval)),
            DefaultPartitions = parsed.GetValue(_partitions),
            RetentionCheckInterval = TimeSpan.FromMilliseconds(parsed.GetValue(_retentionCheck)),
            LogCleanerBackoff = TimeSpan.FromMilliseconds(parsed.GetValue(_cleanerBackoff)),
            GroupInitialRebalanceDelay = TimeSpan.FromMilliseconds(parsed.GetValue(_rebalanceDelay)),
            GroupMinSessionTimeout = TimeSpan.FromMilliseconds(parsed.GetValue(_minSessionTimeout)),
            OffsetsRetention = TimeSpan.FromMinutes(parsed.GetValue(_offsetsRetention)),
        };
        _security.Apply(parsed, options);
        return options;
    }
}
