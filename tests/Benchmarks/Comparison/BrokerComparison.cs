using System.Diagnostics;
using Confluent.Kafka;
using EventSourcing.Benchmarks.Brokers;
using EventSourcing.Benchmarks.Reporting;
using Spectre.Console;

namespace EventSourcing.Benchmarks.Comparison;

/// <summary>LocalKafka beside Apache Kafka: each round starts a broker, measures it and ends it, one broker after the other.</summary>
internal sealed class BrokerComparison(BenchmarkOptions options)
{
    public async Task<int> RunAsync(CancellationToken stop)
    {
        var brokers = BrokerStarter.For(options).ToList();
        var rounds = brokers.ToDictionary(broker => broker.Name, _ => new List<BrokerFigures>());
        for (var round = 1; round <= options.RoundCount; round++)
        {
            foreach (var (name, startAsync) in brokers)
            {
                AnsiConsole.MarkupLineInterpolated($"[grey]{name}: round {round} of {options.RoundCount}[/]");
                rounds[name].Add(await MeasureAsync(startAsync, stop));
            }
        }

        ComparisonTable.Write(rounds.ToDictionary(broker => broker.Key, broker => BrokerFigures.Median(broker.Value)), options.RoundCount);
        await JsonFile.SaveAsync(options.Output, new { Machine = Machine.Current(), options.Quick, Rounds = rounds }, stop);
        AnsiConsole.MarkupLineInterpolated($"results: {options.Output.FullName}");
        return 0;
    }

    private async Task<BrokerFigures> MeasureAsync(Func<CancellationToken, Task<BrokerUnderLoad>> startAsync, CancellationToken stop)
    {
        var started = Stopwatch.GetTimestamp();
        await using var broker = await startAsync(stop);
        await FirstRecordAsync(broker, stop);
        var firstRecord = Stopwatch.GetElapsedTime(started);
        var rest = broker.ResidentBytes();

        var (small, large) = (options.EventCount(200), options.EventCount(1_000));
        await BrokerLoad.ProduceAsync(broker, "warm-up", 1_000, large / 2);
        var produced200 = await BrokerLoad.ProduceAsync(broker, "small", 200, small);
        var produced1000 = await BrokerLoad.ProduceAsync(broker, "large", 1_000, large);
        var consumed = BrokerLoad.Consume(broker, "large", large);
        var (p50, p99) = await EndToEndLatency.MeasureAsync(broker, "paced", small / 4, stop);
        return new BrokerFigures
        {
            FirstRecordMilliseconds = firstRecord.TotalMilliseconds,
            BytesAtRest = rest,
            Produced200PerSecond = produced200,
            Produced1000PerSecond = produced1000,
            ConsumedPerSecond = consumed,
            LatencyP50Milliseconds = p50,
            LatencyP99Milliseconds = p99,
            PeakBytes = broker.PeakResidentBytes(),
        };
    }

    private static async Task FirstRecordAsync(BrokerUnderLoad broker, CancellationToken stop)
    {
        await broker.CreateTopicAsync("first", 1);
        using var producer = BrokerLoad.Producer(broker.BootstrapServers, lingerMs: 0);
        await producer.ProduceAsync("first", new Message<byte[], byte[]> { Value = BrokerLoad.Payload(200) }, stop);
    }
}
