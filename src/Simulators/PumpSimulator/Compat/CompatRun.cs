using Confluent.Kafka;
using EventSourcing.PumpSimulator.Cli;
using EventSourcing.PumpSimulator.Model;
using EventSourcing.PumpSimulator.Sending;

namespace EventSourcing.PumpSimulator.Compat;

/// <summary>
/// The original's behaviour, defects included: both kinds of events on one topic without headers, trend and frequency ignored, metric events
/// back to back, RDrop without a drop, one record at a time with acks=1.
/// </summary>
internal sealed class CompatRun(IProducer<string, string> producer, TimeProvider time, Random random, TextWriter output)
{
    private const string DefaultTopic = "asset-topic";

    private static readonly TimeSpan AssetInterval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan EventInterval = TimeSpan.FromSeconds(1);

    /// <summary>Connects and runs; returns the exit code.</summary>
    public static async Task<int> RunAsync(PositionalRun run, TextWriter output, CancellationToken stop)
    {
        using var producer = KafkaProducers.CreateOriginal(run.Brokers ?? "localhost:9092");
        return await new CompatRun(producer, TimeProvider.System, Random.Shared, output).RunAsync(run, stop);
    }

    /// <summary>Runs; returns the exit code.</summary>
    public async Task<int> RunAsync(PositionalRun run, CancellationToken stop)
    {
        var topic = run.Topic ?? DefaultTopic;
        try
        {
            foreach (var (key, value) in run.IsEvents ? Events(run) : Assets(run))
            {
                var result = await producer.ProduceAsync(topic, new Message<string, string> { Key = key, Value = value }, stop);
                await output.WriteLineAsync($"partition id= {result.Partition.Value} offset= {result.Offset.Value}");
                if (!run.IsEvents)
                    await Task.Delay(AssetInterval, time, stop);
            }

            return 0;
        }
        catch (ProduceException<string, string> failed)
        {
            await output.WriteLineAsync($"{topic}: {failed.Error.Reason}");
            return 1;
        }
    }

    private IEnumerable<(string Key, string Value)> Assets(PositionalRun run)
    {
        for (var i = 0; i < run.Count; i++)
        {
            var asset = PumpAsset.Generate(random, i, time.GetLocalNow());
            yield return (asset.Id, GsonText.Asset(asset));
        }
    }

    private IEnumerable<(string Key, string Value)> Events(PositionalRun run)
    {
        var start = time.GetLocalNow();
        var series = MetricSeries.Generate(Metrics.OriginalBase, run.Pattern, MetricTrend.Decrease, run.Count);
        for (var i = 0; i < series.Count; i++)
        {
            var stamp = run.Pattern == MetricPattern.Constant ? time.GetLocalNow() : start + (EventInterval * i);
            yield return (run.Pump, GsonText.Metric(run.Pump, series[i], stamp));
        }
    }
}
