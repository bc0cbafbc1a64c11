using System.CommandLine;
using EventSourcing.Benchmarks.Comparison;
using EventSourcing.Benchmarks.Ingress;

namespace EventSourcing.Benchmarks;

/// <summary>The command line.</summary>
internal static class BenchmarkCommand
{
    public static RootCommand Create()
    {
        var quick = new Option<bool>("--quick") { Description = "A tenth of the events and two rounds: shows that it works, not how fast." };
        var events = new Option<int?>("--events") { Description = "Events per measurement; default 200,000 of 200 bytes and 60,000 of 1 KB." };
        var rounds = new Option<int?>("--rounds") { Description = "Rounds; each measures every workload once, medians are reported. Default 5." };
        var only = new Option<string[]>("--only")
        {
            Description = "Workloads, or paths, to run, by part of their name; default all.",
            AllowMultipleArgumentsPerToken = true,
        };
        var broker = new Option<string?>("--broker") { Description = "Only the broker with this in its name: local or apache. Default: each that can be had." };
        var bootstrap = new Option<string?>("--bootstrap-servers")
        {
            Description = "Measure on this cluster (topics are created and deleted) instead of starting LocalKafka and, with KAFKA_HOME, Apache Kafka.",
        };
        var output = new Option<FileInfo>("--output")
        {
            Description = "The JSON file for the results.",
            DefaultValueFactory = _ => new FileInfo(Path.Combine("TestResults", "benchmarks.json")),
        };

        var command = new RootCommand("Measures the event publisher against the bare Kafka client, on the same brokers in the same run.")
        {
            quick, events, rounds, only, broker, bootstrap, output,
        };
        var brokers = new Command("brokers", "Measures LocalKafka beside Apache Kafka: throughput, latency, start, memory.") { quick, events, rounds, broker, output };
        var ingress = new Command("ingress", "Measures every way into the backbone, each service as a process: throughput, CPU time, latency.") { quick, only, output };
        command.SetAction((parsed, stop) => new BenchmarkRun(Options(parsed)).RunAsync(stop));
        brokers.SetAction((parsed, stop) => new BrokerComparison(Options(parsed)).RunAsync(stop));
        ingress.SetAction((parsed, stop) => new IngressComparison(Options(parsed)).RunAsync(stop));
        command.Add(brokers);
        command.Add(ingress);
        return command;

        BenchmarkOptions Options(ParseResult parsed) => new()
        {
            Quick = parsed.GetValue(quick),
            Events = parsed.GetValue(events),
            Rounds = parsed.GetValue(rounds),
            Only = parsed.GetValue(only) ?? [],
            Broker = parsed.GetValue(broker),
            BootstrapServers = parsed.GetValue(bootstrap),
            Output = parsed.GetValue(output)!,
        };
    }
}
