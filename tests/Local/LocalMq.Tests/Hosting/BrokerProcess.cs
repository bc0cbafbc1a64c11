using System.Globalization;
using EventSourcing.TestKit;
using EventSourcing.TestKit.Processes;

namespace EventSourcing.LocalMq.Tests.Hosting;

/// <summary>The program, to be killed and started again on the same port and folder.</summary>
internal sealed class BrokerProcess : IAsyncDisposable
{
    private readonly TempFolder _folder = new("mq");
    private TestProcess? _process;

    public int Port { get; } = FreePort.Next();

    public async Task StartAsync(params string[] more)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "LocalMq.dll");
        _process = TestProcess.Start("dotnet", [program, "--port", Port.ToString(CultureInfo.InvariantCulture), "--data", _folder.Path, .. more]);
        await _process.WaitForLineAsync(line => line.Contains("AMQP listening", StringComparison.Ordinal), "listening");
    }

    /// <summary>SIGKILL.</summary>
    public Task KillAsync() => _process!.KillAsync();

    /// <summary>SIGTERM.</summary>
    public Task<int> StopAsync() => _process!.StopAsync();

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
            await _process.DisposeAsync();
        _folder.Dispose();
    }
}
