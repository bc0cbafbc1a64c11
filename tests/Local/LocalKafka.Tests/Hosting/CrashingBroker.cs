using EventSourcing.TestKit;
using EventSourcing.TestKit.Processes;

namespace EventSourcing.LocalKafka.Tests.Hosting;

/// <summary>A broker process that is killed and started again on the same port and folder.</summary>
internal sealed class CrashingBroker : IAsyncDisposable
{
    private readonly int _port = FreePort.Next();
    private readonly string _folder;
    private readonly string[] _arguments;
    private readonly CancellationToken _stop;
    private TestProcess? _process;

    private CrashingBroker(string folder, string[] arguments, CancellationToken stop) => (_folder, _arguments, _stop) = (folder, arguments, stop);

    public string Servers => $"127.0.0.1:{_port}";

    public int Crashes { get; private set; }

    public static async Task<CrashingBroker> StartAsync(string folder, string fsync, CancellationToken stop, params string[] more)
    {
        var broker = new CrashingBroker(folder, ["--fsync", fsync, .. more], stop);
        await broker.LaunchAsync();
        return broker;
    }

    /// <summary>kill -9, and up again.</summary>
    public async Task CrashAsync()
    {
        await DisposeAsync();
        Crashes++;
        await LaunchAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _process, null) is not { } process)
            return;
        await process.KillAsync();
        await process.DisposeAsync();
    }

    private async Task LaunchAsync() => _process = await HostProcess.StartAsync(_port, _folder, _stop, _arguments);
}
