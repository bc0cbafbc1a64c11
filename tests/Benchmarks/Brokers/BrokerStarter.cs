using EventSourcing.Benchmarks.Processes;
using EventSourcing.TestKit;
using EventSourcing.TestKit.Kafka;

namespace EventSourcing.Benchmarks.Brokers;

/// <summary>The brokers of a run: the given cluster, or LocalKafka and, where it can be had, Apache Kafka.</summary>
internal static class BrokerStarter
{
    public static IEnumerable<(string Name, Func<CancellationToken, Task<BrokerUnderLoad>> StartAsync)> For(BenchmarkOptions options)
    {
        if (options.BootstrapServers is { } servers)
        {
            yield return (servers, _ => Task.FromResult(new BrokerUnderLoad(servers, servers, null, () => ValueTask.CompletedTask)));
            yield break;
        }

        if (options.WantsBroker("LocalKafka"))
        {
            yield return ("LocalKafka", StartLocalKafkaAsync);
        }

        if (options.WantsBroker("Apache Kafka") && Tools.KafkaHome is not null && Tools.Java is not null)
        {
            yield return ("Apache Kafka", StartApacheKafkaAsync);
        }
    }

    public static async Task<BrokerUnderLoad> StartLocalKafkaAsync(CancellationToken stop)
    {
        var port = FreePort.Next();
        var program = await ChildProgram.StartAsync(
            "src/Local/LocalKafka.Host", _ => Task.FromResult(Listening.On(port)), folder => ["--port", $"{port}", "--data", folder], stop: stop);
        return new BrokerUnderLoad("LocalKafka", $"127.0.0.1:{port}", program.Id, program.DisposeAsync);
    }

    private static async Task<BrokerUnderLoad> StartApacheKafkaAsync(CancellationToken stop)
    {
        var kafka = await ApacheKafka.StartAsync(new ApacheKafkaOptions { Optimised = true }, stop);
        return new BrokerUnderLoad("Apache Kafka", kafka.BootstrapServers, kafka.ProcessId, kafka.DisposeAsync);
    }
}
