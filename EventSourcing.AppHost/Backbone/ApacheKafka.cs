using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace EventSourcing.AppHost.Backbone;

/// <summary>An Apache Kafka installation: <c>KAFKA_HOME</c> with its <c>libs</c>, and Java to run it.</summary>
internal static class ApacheKafka
{
    public static string? Home(IConfiguration configuration) => configuration["KAFKA_HOME"];

    public static bool IsInstalled(IConfiguration configuration) =>
        Home(configuration) is { Length: > 0 } home && Directory.Exists(Path.Combine(home, "libs")) && Java.IsInstalled;

    public static string ClassPath(string home) => Path.Combine(home, "libs", "*");

    /// <summary>Settings of broker <paramref name="id"/> (from 1) of a KRaft cluster in which every node is broker and controller.</summary>
    public static string Properties(int id, IReadOnlyList<int> ports, IReadOnlyList<int> controllerPorts, string data)
    {
        var voters = string.Join(',', controllerPorts.Select((port, i) => $"{i + 1}@127.0.0.1:{port}"));
        var replicas = ports.Count;
        return string.Create(CultureInfo.InvariantCulture, $"""
            process.roles=broker,controller
            node.id={id}
            controller.quorum.voters={voters}
            controller.listener.names=CONTROLLER
            listeners=PLAINTEXT://127.0.0.1:{ports[id - 1]},CONTROLLER://127.0.0.1:{controllerPorts[id - 1]}
            advertised.listeners=PLAINTEXT://127.0.0.1:{ports[id - 1]}
            listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT
            log.dirs={data.Replace('\\', '/')}
            auto.create.topics.enable=false
            default.replication.factor={replicas}
            min.insync.replicas={Math.Min(2, replicas)}
            offsets.topic.replication.factor={replicas}
            offsets.topic.num.partitions=8
            transaction.state.log.replication.factor={replicas}
            transaction.state.log.min.isr={Math.Min(2, replicas)}
            transaction.state.log.num.partitions=8
            group.initial.rebalance.delay.ms=0

            """);
    }

    /// <summary>Formats a node's log folder, which makes its <c>meta.properties</c>; harmless when it is formatted already.</summary>
    public static async Task FormatAsync(string home, string clusterId, string properties, CancellationToken stop)
    {
        var start = new ProcessStartInfo("java",
        [
            "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-cp", ClassPath(home), "kafka.tools.StorageTool",
            "format", "--ignore-formatted", "-t", clusterId, "-c", properties,
        ])
        { RedirectStandardOutput = true, RedirectStandardError = true };

        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(stop);
        var errors = process.StandardError.ReadToEndAsync(stop);
        await process.WaitForExitAsync(stop);
        if (process.ExitCode != 0)
            throw new DistributedApplicationException($"Kafka's StorageTool could not format {properties}: {await output}{await errors}");
    }

    private static class Java
    {
        private static readonly Lazy<bool> Answer = new(Answers);

        public static bool IsInstalled => Answer.Value;

        private static bool Answers()
        {
            try
            {
                using var process = Process.Start(new ProcessStartInfo("java", ["-version"]) { RedirectStandardError = true })!;
                process.WaitForExit();
                return process.ExitCode == 0;
            }
            catch (Win32Exception)
            {
                return false; // no java on the PATH
            }
        }
    }
}
