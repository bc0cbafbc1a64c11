using System.Net.Http.Json;
using Microsoft.Extensions.Options;

namespace EventSourcing.Receipts;

/// <summary>Sends reports to the ledger.</summary>
internal sealed class LedgerClient(IHttpClientFactory clients, IOptions<ReceiptReportingOptions> options)
{
    public const string HttpClientName = "EventSourcing.Receipts";

    /// <exception cref="HttpRequestException">The ledger is unreachable or refused the report; the message carries its reason.</exception>
    public async Task PutAsync(ReceiptsReport report, CancellationToken stop)
    {
        var address = new Uri(options.Value.Ledger!, $"/receipts/{options.Value.Reporter}");
        using var client = clients.CreateClient(HttpClientName);
        using var response = await client.PutAsJsonAsync(address, report, ReceiptsJsonContext.Default.ReceiptsReport, stop);
        if (response.IsSuccessStatusCode)
            return;
        var body = await response.Content.ReadAsStringAsync(stop);
        throw new HttpRequestException($"{(int)response.StatusCode} {response.ReasonPhrase}: {body}", null, response.StatusCode);
    }
}
