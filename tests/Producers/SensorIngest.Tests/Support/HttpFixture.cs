using EventSourcing.SensorIngest.Tests.Support;

[assembly: AssemblyFixture(typeof(HttpFixture))]

namespace EventSourcing.SensorIngest.Tests.Support;

/// <summary>One replica without MQTT for the tests that only ask and answer; started by the first of them.</summary>
public sealed class HttpFixture : IAsyncDisposable
{
    private static readonly SemaphoreSlim Gate = new(1);
    private static (Rig Rig, Ingest Ingest)? _started;

    internal static async Task<(Rig Rig, Ingest Ingest)> GetAsync(CancellationToken stop)
    {
        await Gate.WaitAsync(stop);
        try
        {
            return _started ??= await StartAsync(stop);
        }
        finally
        {
            Gate.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_started is { } started)
            await started.Rig.DisposeAsync();
    }

    private static async Task<(Rig Rig, Ingest Ingest)> StartAsync(CancellationToken stop)
    {
        var rig = await Rig.StartWithoutMqttAsync(stop);
        var ingest = await rig.StartIngestAsync(stop, ("Http:MaxBodyBytes", "4096"), ("Http:MaxBatchEvents", "10"));
        await Rig.RegisterAsync(ingest, stop, "d1");
        return (rig, ingest);
    }
}
