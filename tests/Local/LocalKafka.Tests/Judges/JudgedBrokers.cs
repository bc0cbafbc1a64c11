using EventSourcing.LocalKafka.Tests.Judges;
using EventSourcing.TestKit;
using EventSourcing.TestKit.Kafka;

[assembly: AssemblyFixture(typeof(JudgedBrokers))]

namespace EventSourcing.LocalKafka.Tests.Judges;

/// <summary>
/// One broker of each kind for all judges, each started when first asked for. Judges run side by side: each has topics and groups of its own. In the end DumpLogSegments
/// reads every segment file that LocalKafka has written for them.
/// </summary>
public sealed class JudgedBrokers : IAsyncDisposable
{
    private readonly TempFolder _localFolder = new("local-kafka");
    private readonly Lazy<Task<ApacheKafka>> _apache = new(() => ApacheKafka.StartAsync(new ApacheKafkaOptions { Properties = new Dictionary<string, string> { ["log.cleaner.backoff.ms"] = "200" } }));
    private readonly Lazy<Task<LocalKafkaBroker>> _local;

    public JudgedBrokers() =>
        _local = new(() => LocalKafkaBroker.StartAsync(new LocalKafkaOptions { DataDirectory = _localFolder.Path, LogCleanerBackoff = TimeSpan.FromMilliseconds(200) }));

    public async Task<JudgedBroker> GetAsync(BrokerKind kind)
    {
        if (kind == BrokerKind.LocalKafka)
        {
            return new JudgedBroker((await _local.Value).BootstrapServers, _localFolder.Path);
        }

        Assert.SkipUnless(Requires.KafkaHome, Requires.KafkaHomeReason);
        var apache = await _apache.Value;
        return new JudgedBroker(apache.BootstrapServers, apache.DataFolder);
    }

    public async ValueTask DisposeAsync()
    {
        if (_apache.IsValueCreated)
        {
            await (await _apache.Value).DisposeAsync();
        }

        if (_local.IsValueCreated)
        {
            await (await _local.Value).DisposeAsync();
            if (Requires.KafkaHome)
            {
                (await SegmentDump.ReadFolderAsync(_localFolder.Path)).AssertNothingWrong();
            }
        }

        _localFolder.Dispose();
    }
}
