using System.Net.Http.Json;
using EventSourcing.Receipts;

namespace EventSourcing.AppHost.Running;

/// <summary>Reads the ledger as anybody can: over HTTP.</summary>
internal sealed class LedgerReader(EndpointReference endpoint) : IDisposable
{
    private const int SettleSeconds = 90;
    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(SettleSeconds + 30) };

    /// <summary>The ledger in one line.</summary>
    public Task<string> LineAsync(CancellationToken stop) => _http.GetStringAsync(Address("ledger/line"), stop);

    /// <summary>The ledger once every simulator has ended and everything is read, or as it is when that takes too long.</summary>
    public async Task<LedgerReport> SettleAsync(CancellationToken stop) =>
        await _http.GetFromJsonAsync(Address($"ledger?by=path&settle={SettleSeconds}s"), ReceiptsJsonContext.Default.LedgerReport, stop)
            ?? throw new DistributedApplicationException("The ledger answered with nothing.");

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    private Uri Address(string path) => new($"{endpoint.Url}/{path}");
}
