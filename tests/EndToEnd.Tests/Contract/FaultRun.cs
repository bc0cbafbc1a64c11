using EventSourcing.TestKit;

namespace EventSourcing.EndToEnd.Tests.Contract;

/// <summary>Puts every kind of producer under load, lets a fault happen, and goes on until each has accepted more.</summary>
internal sealed class FaultRun(ContractTopology topology, Fault fault)
{
    private const int EnoughBefore = 20;
    private const int EnoughAfter = 20;
    private static readonly TimeSpan TimeAway = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan PatienceOfALoad = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(6);

    public async Task<IReadOnlyDictionary<ProducerKind, Load>> RunAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        var loads = topology.Kinds.ToDictionary(kind => kind, kind => new Load(kind));
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(patience.Token);
        var sending = loads.Values.Select(load => load.RunAsync(enough.Token, patience.Token)).ToArray();
        try
        {
            await GrownAsync(loads.Values, sending, EnoughBefore, patience.Token);
            await HappenAsync(patience.Token);
            await GrownAsync(loads.Values, sending, EnoughAfter, patience.Token);
        }
        finally
        {
            await enough.CancelAsync();
        }

        await Task.WhenAll(sending).WaitAsync(patience.Token);
        return loads;
    }

    // A sender that gives up ends the wait.
    private static async Task GrownAsync(IEnumerable<Load> loads, Task[] sending, int by, CancellationToken stop)
    {
        foreach (var (load, goal) in loads.Select(load => (load, Goal: load.Accepted + by)).ToArray())
        {
            await Eventually.ValueAsync(
                async _ =>
                {
                    if (sending.FirstOrDefault(task => task.IsFaulted) is { } failed)
                        await failed;
                    return load.ToString();
                },
                _ => load.Accepted >= goal, $"{goal} accepted under {load}", PatienceOfALoad, stop);
        }
    }

    private async Task HappenAsync(CancellationToken stop)
    {
        switch (fault)
        {
            case Fault.BackboneAway:
                var killed = await topology.Resources.KillAsync("kafka", stop);
                await Outage.LastsAsync(TimeAway, stop);
                await topology.Resources.StartAgainAsync("kafka", killed, stop);
                break;
            case Fault.BackboneRestarted:
                await topology.Resources.StartAgainAsync("kafka", await topology.Resources.StopOneAsync("kafka", stop), stop);
                break;
            case Fault.ServiceKilled:
                await Task.WhenAll(topology.Kinds.Select(kind => KilledAsync(kind.Resource, stop)));
                break;
            case Fault.ServiceStopped:
                await Task.WhenAll(topology.Kinds.Select(kind => StoppedAsync(kind.Resource, stop)));
                break;
        }
    }

    private async Task KilledAsync(string service, CancellationToken stop) =>
        await topology.Resources.StartAgainAsync(service, await topology.Resources.KillAsync(service, stop), stop);

    private async Task StoppedAsync(string service, CancellationToken stop) =>
        await topology.Resources.StartAgainAsync(service, await topology.Resources.StopOneAsync(service, stop), stop);
}
