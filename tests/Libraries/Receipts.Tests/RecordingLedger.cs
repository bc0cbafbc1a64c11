using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace EventSourcing.Receipts.Tests;

/// <summary>A host with receipt reporting whose ledger is a handler that keeps what it is sent.</summary>
internal sealed class RecordingLedger : HttpMessageHandler
{
    public ConcurrentQueue<ReceiptsReport> Reports { get; } = new();

    public ConcurrentQueue<Uri> Addresses { get; } = new();

    public volatile bool Absent;

    public IHost BuildSender(Action<IHostApplicationBuilder>? configure = null)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { ApplicationName = "sender" });
        builder.AddReceiptReporting();
        builder.Services.Configure<ReceiptReportingOptions>(options => options.Interval = TimeSpan.FromMilliseconds(100));
        builder.Services.Configure<ReceiptReportingOptions>(options => options.Timeout = TimeSpan.FromSeconds(1));
        builder.Services.AddHttpClient(LedgerClient.HttpClientName).ConfigurePrimaryHttpMessageHandler(() => this);
        configure?.Invoke(builder);
        return builder.Build();
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (Absent)
            throw new HttpRequestException("connection refused");
        var body = await request.Content!.ReadAsStringAsync(cancellationToken);
        Addresses.Enqueue(request.RequestUri!);
        Reports.Enqueue(JsonSerializer.Deserialize(body, ReceiptsJsonContext.Default.ReceiptsReport)!);
        return new HttpResponseMessage(HttpStatusCode.NoContent);
    }
}
