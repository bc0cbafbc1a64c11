using EventSourcing.TestKit.Processes;

namespace EventSourcing.TestKit.Kafka;

/// <summary>
/// Apache Kafka from <c>KAFKA_HOME</c>: one node, KRaft, broker and controller in one process, on free loopback ports, with its data in a
/// temporary folder. Topics are not created automatically.
/// </summary>
public sealed class ApacheKafka : IAsyncDisposable
{
    private const int StartAttempts = 3;

    private readonly ApacheKafkaOptions _options;
    private readonly TempFolder _folder = new("apache-kafka");
    private TestProcess? _process;

    private ApacheKafka(ApacheKafkaOptions options)
    {
        _options = options;
        DataFolder = _folder.File("data");
    }

    /// <summary><c>host:port</c> for clients; kept over restarts.</summary>
    public string BootstrapServers { get; private set; } = "";

    /// <summary>The log folder: one sub-folder per partition.</summary>
    public string DataFolder { get; }

    /// <summary>The broker's process.</summary>
    /// <exception cref="InvalidOperationException">It is not running.</exception>
    public int ProcessId => _process?.Id ?? throw new InvalidOperationException("The broker is not running.");

    /// <summary>The last lines of the broker's own log.</summary>
    public string Output => _process?.Output ?? "";

    /// <summary>Formats a new log folder and starts; returns once the broker serves clients.</summary>
    /// <exception cref="InvalidOperationException">No KAFKA_HOME, or the broker ended; the message holds its log.</exception>
    /// <exception cref="TimeoutException">It was not ready in time; the message holds its log.</exception>
    public static async Task<ApacheKafka> StartAsync(ApacheKafkaOptions? options = null, CancellationToken stop = default)
    {
        var kafka = new ApacheKafka(options ?? new ApacheKafkaOptions());
        try
        {
            await kafka.StartOnFreePortsAsync(stop);
            return kafka;
        }
        catch
        {
            await kafka.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts again on the same port and data after <see cref="StopAsync"/> or <see cref="KillAsync"/>.</summary>
    public async Task RestartAsync(CancellationToken stop = default)
    {
        await StopAsync(stop);
        await LaunchAsync(stop);
    }

    /// <summary>SIGTERM: a clean stop with everything flushed. Does nothing when it is not running.</summary>
    public async Task StopAsync(CancellationToken stop = default)
    {
        if (_process is { } process)
        {
            _process = null;
            await using (process)
            {
                await process.StopAsync(stop: stop);
            }
        }
    }

    /// <summary>SIGKILL.</summary>
    public async Task KillAsync()
    {
        if (_process is { } process)
        {
            _process = null;
            await process.DisposeAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        _folder.Dispose();
    }

    // A port found free may be taken before the broker binds it: then other ports are tried.
    private async Task StartOnFreePortsAsync(CancellationToken stop)
    {
        for (var attempt = 1; ; attempt++)
        {
            var ports = FreePort.Next(2);
            BootstrapServers = $"127.0.0.1:{ports[0]}";
            await ServerProperties.WriteAsync(PropertiesFile, DataFolder, ports[0], ports[1], _options.Properties, stop);
            try
            {
                await FormatAsync(stop);
                await LaunchAsync(stop);
                return;
            }
            catch (InvalidOperationException exception) when (attempt < StartAttempts && exception.Message.Contains("BindException", StringComparison.Ordinal))
            {
                await KillAsync();
            }
        }
    }

    private string PropertiesFile => _folder.File("server.properties");

    private async Task FormatAsync(CancellationToken stop)
    {
        if (!File.Exists(Path.Combine(DataFolder, "meta.properties")))
        {
            string[] arguments = ["format", "-t", ServerProperties.NewClusterId(), "-c", PropertiesFile];
            (await KafkaTool.RunAsync("kafka.tools.StorageTool", arguments, stop: stop)).EnsureSuccess();
        }
    }

    private async Task LaunchAsync(CancellationToken stop)
    {
        string[] speed = _options.Optimised ? [] : ["-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"];
        var logging = $"-Dlog4j2.configurationFile={Path.Combine(Tools.Need(Tools.KafkaHome, Requires.KafkaHomeReason), "config", "log4j2.yaml")}";
        var arguments = KafkaTool.Arguments(["-Xms256m", "-Xmx768m", logging, .. speed], "kafka.Kafka", [PropertiesFile]);
        _process = TestProcess.Start(Tools.Need(Tools.Java, Requires.JavaReason), arguments, workingDirectory: _folder.Path);
        await _process.WaitForLineAsync(
            line => line.Contains("Kafka Server started", StringComparison.Ordinal), "\"Kafka Server started\"", _options.StartTimeout, stop);
    }
}
