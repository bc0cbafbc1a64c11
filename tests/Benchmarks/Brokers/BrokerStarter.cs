using EventSourcing.TestKit;
using EventSourcing.TestKit.Kafka;
using EventSourcing.TestKit.Processes;

namespace EventSourcing.Benchmarks.Brokers;

/// <summary>The brokers of a run: the given cluster, or LocalKafka and, where it can be had, Apache Kafka.</summary>
internal static class BrokerStarter
{
#if DEBUG
    private const string Configuration = "Debug";
#else
    private const string Configuration = "Release";
#endif

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

    private static async Task<BrokerUnderLoad> StartApacheKafkaAsync(CancellationToken stop)
    {
        var kafka = await ApacheKafka.StartAsync(new ApacheKafkaOptions { Optimised = true }, stop);
        return new BrokerUnderLoad("Apache Kafka", kafka.BootstrapServers, kafka.ProcessId, kafka.DisposeAsync);
    }

    private static async Task<BrokerUnderLoad> StartLocalKafkaAsync(CancellationToken stop)
    {
        var program = Repository.PathOf($"src/Local/LocalKafka.Host/bin/{Configuration}/net10.0/LocalKafka.Host.dll");
        var folder = new TempFolder("local-kafka");
        var port = FreePort.Next();
        var process = TestProcess.Start("dotnet", [program, "--port", $"{port}", "--data", folder.Path]);
        await Eventually.TrueAsync(_ => Task.FromResult(process.HasExited || Listening.On(port)), "LocalKafka listens", stop: stop);
        if (process.HasExited)
        {
            throw new InvalidOperationException($"LocalKafka ended with {process.ExitCode}:\n{process.Output}");
        }

        return new BrokerUnderLoad("LocalKafka", $"127.0.0.1:{port}", process.Id, async () =>
        {
            await process.DisposeAsync();
            folder.Dispose();
        });
    }
}
