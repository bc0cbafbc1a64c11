namespace EventSourcing.Ledger.Tests.Protocol;

/// <summary>A ledger that a test class shares; nobody listens where its broker should be.</summary>
public sealed class LedgerWithoutBroker : IAsyncLifetime
{
    public const string BootstrapServers = "127.0.0.1:1";

    private LedgerHost? _ledger;

    internal LedgerHost Ledger => _ledger!;

    public async ValueTask InitializeAsync() => _ledger = await LedgerHost.StartAsync(BootstrapServers);

    public async ValueTask DisposeAsync()
    {
        if (_ledger is not null)
            await _ledger.DisposeAsync();
    }
}
