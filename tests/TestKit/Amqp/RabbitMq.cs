using System.Globalization;
using EventSourcing.TestKit.Processes;

namespace EventSourcing.TestKit.Amqp;

/// <summary>A private RabbitMQ 3 with its AMQP 1.0 plugin: a queue broker that was not written here, on free loopback ports with a folder of its own.</summary>
public sealed class RabbitMq : IAsyncDisposable
{
    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(120);

    private readonly TempFolder _folder = new("rabbitmq");
    private readonly int[] _ports = FreePort.Next(3);
    private readonly string _root = Tools.Need(Tools.RabbitMq, Requires.RabbitMqReason);
    private TestProcess? _names;
    private TestProcess? _server;

    private RabbitMq()
    {
    }

    /// <summary>Port of AMQP 1.0; the user is <c>guest</c>, as is the password.</summary>
    public int Port => _ports[0];

    /// <summary><c>amqp://guest:guest@127.0.0.1:port</c>; kept over restarts.</summary>
    public string Address => $"amqp://guest:guest@127.0.0.1:{Port}";

    /// <summary>Starts a broker; returns once it is up.</summary>
    /// <exception cref="InvalidOperationException">There is no RabbitMQ on this machine.</exception>
    public static async Task<RabbitMq> StartAsync(CancellationToken stop = default)
    {
        var broker = new RabbitMq();
        try
        {
            await File.WriteAllTextAsync(broker._folder.File("enabled_plugins"), "[rabbitmq_amqp1_0].", stop);
            await File.WriteAllTextAsync(broker._folder.File("rabbitmq.conf"), "loopback_users.guest = true\n", stop);
            broker._names = TestProcess.Start(
                Path.Combine(broker._root, "usr/lib/erlang/bin/epmd"), ["-address", "127.0.0.1", "-port", Text(broker._ports[1])]);
            await broker.RestartAsync(stop);
            return broker;
        }
        catch
        {
            await broker.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts again on the same port and data after <see cref="KillAsync"/>.</summary>
    public async Task RestartAsync(CancellationToken stop = default)
    {
        var program = Directory.GetDirectories(Path.Combine(_root, "usr/lib/rabbitmq/lib"), "rabbitmq_server-*").Single();
        _server = TestProcess.Start(Path.Combine(program, "sbin/rabbitmq-server"), [], Environment(program));
        await _server.WaitForLineAsync(
            line => line.Contains("completed with", StringComparison.Ordinal), "RabbitMQ is up", StartTimeout, stop);
    }

    /// <summary>SIGKILL.</summary>
    public async Task KillAsync()
    {
        if (_server is not null)
            await _server.DisposeAsync();
        _server = null;
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        if (_names is not null)
            await _names.DisposeAsync();
        _folder.Dispose();
    }

    private Dictionary<string, string?> Environment(string program) => new()
    {
        ["PATH"] = $"{_root}/usr/lib/erlang/bin:{System.Environment.GetEnvironmentVariable("PATH")}",
        ["HOME"] = _folder.Path,
        ["RABBITMQ_HOME"] = program,
        ["RABBITMQ_NODENAME"] = $"test{Port}@localhost",
        ["RABBITMQ_NODE_IP_ADDRESS"] = "127.0.0.1",
        ["RABBITMQ_NODE_PORT"] = Text(Port),
        ["RABBITMQ_DIST_PORT"] = Text(_ports[2]),
        ["RABBITMQ_MNESIA_BASE"] = _folder.File("mnesia/x")[..^2],
        ["RABBITMQ_LOG_BASE"] = _folder.File("log/x")[..^2],
        ["RABBITMQ_ENABLED_PLUGINS_FILE"] = _folder.File("enabled_plugins"),
        ["RABBITMQ_CONFIG_FILE"] = _folder.File("rabbitmq.conf"),
        ["RABBITMQ_PID_FILE"] = _folder.File("pid"),
        ["RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS"] = "-kernel inet_dist_use_interface {127,0,0,1} +S 2:2",
        ["ERL_EPMD_PORT"] = Text(_ports[1]),
        ["ERL_EPMD_ADDRESS"] = "127.0.0.1",
    };

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
