using System.Diagnostics;
using EventSourcing.TestKit;
using EventSourcing.TestKit.Processes;

namespace EventSourcing.EventBackbone.Tests.Support;

/// <summary>A broker in a process of its own, to be killed, stopped in its tracks, and started again on the same port and folder.</summary>
internal sealed class BrokerProcess : IAsyncDisposable
{
    private readonly TempFolder _folder = new("broker");
    private readonly int _port = FreePort.Next();
    private TestProcess? _process;

    // From its own folder, built beside these tests: bin/<configuration>/<framework>.
    private static string Program { get; } = Path.Combine(
        Repository.PathOf("src/Local/LocalKafka.Host"), Path.GetRelativePath(
            Repository.PathOf("tests/Libraries/EventBackbone.Tests"), AppContext.BaseDirectory), "LocalKafka.Host.dll");

    public string BootstrapServers => $"127.0.0.1:{_port}";

    public static async Task<BrokerProcess> StartNewAsync()
    {
        var broker = new BrokerProcess();
        await broker.StartAsync();
        return broker;
    }

    public async Task StartAsync()
    {
        string[] arguments = [Program, "--port", _port.ToString(System.Globalization.CultureInfo.InvariantCulture), "--data", _folder.Path];
        _process = TestProcess.Start("dotnet", arguments);
        await _process.WaitForLineAsync(line => line.Contains("listening on", StringComparison.Ordinal), "listening");
    }

    /// <summary>SIGKILL.</summary>
    public async Task KillAsync()
    {
        await _process!.DisposeAsync();
        _process = null;
    }

    /// <summary>SIGSTOP: connections stay open and nobody answers.</summary>
    public void Freeze() => Signal("-STOP");

    /// <summary>SIGCONT.</summary>
    public void Thaw() => Signal("-CONT");

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
            await _process.DisposeAsync();
        _folder.Dispose();
    }

    private void Signal(string signal)
    {
        using var kill = Process.Start("kill", [signal, _process!.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }
}
