using System.Text.Json;

namespace Aspire.Hosting.Dcp;

/// <summary>One running DCP: started, watched, stopped.</summary>
internal sealed class DcpSession : IAsyncDisposable
{
    private static readonly TimeSpan ReadyTimeout = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan CleanupTimeout = TimeSpan.FromSeconds(45);
    private static readonly TimeSpan GoneTimeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(50);
    private readonly string _folder;

    private DcpSession(string folder, DcpClient client)
    {
        _folder = folder;
        Client = client;
        Logs = new DcpLogs(client);
    }

    public DcpClient Client { get; }

    public DcpLogs Logs { get; }

    public static async Task<DcpSession> StartAsync(string dcp, CancellationToken stop)
    {
        var folder = Directory.CreateTempSubdirectory("aspire-").FullName; // mode 700
        var certificate = new DcpCertificate();
        var session = new DcpSession(folder, new DcpClient(await LaunchAsync(dcp, folder, certificate, stop), certificate));
        try
        {
            if (!await Poll.UntilAsync(() => session.Client.IsReadyAsync(stop), ReadyTimeout, PollInterval, stop))
                throw new DistributedApplicationException($"The orchestrator '{dcp}' was not ready within {ReadyTimeout.TotalSeconds:0} s.");
            return session;
        }
        catch
        {
            await session.StopAsync(CancellationToken.None);
            await session.DisposeAsync();
            throw;
        }
    }

    private static async Task<KubeConfig> LaunchAsync(string dcp, string folder, DcpCertificate certificate, CancellationToken stop)
    {
        try
        {
            return await DcpProcess.StartAsync(dcp, folder, certificate, stop);
        }
        catch
        {
            certificate.Dispose();
            Directory.Delete(folder, recursive: true);
            throw;
        }
    }

    /// <summary>Calls back for each change of a process; ends when DCP is gone or the watch is stopped.</summary>
    public async Task WatchAsync(Action<DcpExecutable, bool> changed, CancellationToken stop)
    {
        do
        {
            try
            {
                using var reader = await Client.OpenAsync($"{DcpExecutable.Kind}?watch=true", stop);
                while (await reader.ReadLineAsync(stop) is { } line)
                    Dispatch(line, changed);
            }
            catch (Exception e) when (e is HttpRequestException or IOException)
            {
                // The connection broke: whether DCP is gone is asked below.
            }
        }
        while (await Client.IsReadyAsync(stop));
    }

    /// <summary>Stops all processes, then DCP itself. Safe when DCP is gone already.</summary>
    public async Task StopAsync(CancellationToken stop)
    {
        try
        {
            await Client.ExecutionAsync("CleaningResources", stop);
            await Poll.UntilAsync(async () => await Client.ExecutionAsync(null, stop) == "CleanupComplete", CleanupTimeout, PollInterval, stop);
            await Client.ExecutionAsync("Stopping", stop);
            await Poll.UntilAsync(async () => !await Client.IsReadyAsync(stop), GoneTimeout, PollInterval, stop);
        }
        catch (HttpRequestException)
        {
            // DCP went away by itself; its processes went with it.
        }
    }

    public ValueTask DisposeAsync()
    {
        Client.Dispose();
        try
        {
            Directory.Delete(_folder, recursive: true);
        }
        catch (DirectoryNotFoundException)
        {
            // DCP deletes its session folder when it stops.
        }

        return ValueTask.CompletedTask;
    }

    private static void Dispatch(string line, Action<DcpExecutable, bool> changed)
    {
        using var document = JsonDocument.Parse(line);
        var type = document.RootElement.GetProperty("type").GetString();
        if (type is "ADDED" or "MODIFIED" or "DELETED")
            changed(DcpExecutable.Parse(document.RootElement.GetProperty("object")), type == "DELETED");
    }
}
