namespace EventSourcing.EndToEnd.Tests.Contract;

/// <summary>The topology on LocalKafka without its simulators: the tests are the outside world.</summary>
public sealed class ContractTopology() : Topology("embedded")
{
    /// <summary>The key of this run's device tokens.</summary>
    public const string DeviceKey = "of-the-contract-suite-0123456789abcdef";

    /// <summary>The key of this run's webhooks.</summary>
    public const string WebhookKey = "whsec_b2YtdGhlLWNvbnRyYWN0LXN1aXRlLTAxMjM0NTY3ODk=";

    /// <summary>The password of this run's database roles.</summary>
    public const string DatabasePassword = "of-the-contract-suite";

    private readonly Lock _gate = new();
    private readonly Dictionary<Fault, Task<IReadOnlyDictionary<ProducerKind, Load>>> _faults = [];

    /// <summary>Every kind of producer.</summary>
    public IReadOnlyList<ProducerKind> Kinds { get; private set; } = [];

    /// <inheritdoc/>
    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        await Resources.StopSimulatorsAsync(CancellationToken.None);
        Kinds = [.. ContractCases.Kinds.Select(type => (ProducerKind)Activator.CreateInstance(type, App)!)];
    }

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        foreach (var kind in Kinds)
            await kind.DisposeAsync();
        await base.DisposeAsync();
    }

    /// <summary>What all kinds sent while the fault happened: it happens once, to all of them together.</summary>
    public Task<IReadOnlyDictionary<ProducerKind, Load>> UnderAsync(Fault fault)
    {
        lock (_gate)
        {
            return _faults.TryGetValue(fault, out var run) ? run : _faults[fault] = new FaultRun(this, fault).RunAsync();
        }
    }

    /// <inheritdoc/>
    protected override IEnumerable<string> Settings =>
    [
        $"--Parameters:device-token-key={DeviceKey}", $"--Parameters:webhook-key={WebhookKey}", $"--Parameters:postgres-password={DatabasePassword}",
    ];
}
