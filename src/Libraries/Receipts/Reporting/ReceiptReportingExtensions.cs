using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace EventSourcing.Receipts;

/// <summary>Adds the receipt book of a sender and its reports to the ledger.</summary>
public static class ReceiptReportingExtensions
{
    /// <summary>
    /// Adds a singleton <see cref="ReceiptBook"/> and reports it to the ledger while the host runs, and once more when everything else has stopped.
    /// A ledger that is absent or refuses a report costs one warning; the next report carries the full state anyway.
    /// </summary>
    /// <param name="builder">The sender.</param>
    /// <param name="ledgerName">The ledger's name for service discovery.</param>
    public static IHostApplicationBuilder AddReceiptReporting(this IHostApplicationBuilder builder, string ledgerName = "ledger")
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(ledgerName);
        builder.Services.AddOptionsWithValidateOnStart<ReceiptReportingOptions, ReceiptReportingOptionsValidator>()
            .BindConfiguration(ReceiptReportingOptions.SectionName)
            .PostConfigure<IConfiguration, IHostEnvironment>((options, configuration, environment) =>
            {
                options.Ledger ??= new Uri($"http://{ledgerName}");
                if (options.Reporter.Length == 0)
                    options.Reporter = configuration["OTEL_SERVICE_NAME"] is { Length: > 0 } name ? name : environment.ApplicationName;
            });
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.TryAddSingleton<ReceiptBook>();
        builder.Services.TryAddSingleton<LedgerClient>();
        builder.Services.AddHostedService<ReceiptReportingWorker>();
        builder.Services.AddServiceDiscovery();
        var http = builder.Services.AddHttpClient(LedgerClient.HttpClientName).AddServiceDiscovery();
#pragma warning disable EXTEXP0001 // evaluation API: the only way to keep default retries away from reports that repeat anyway
        http.RemoveAllResilienceHandlers();
#pragma warning restore EXTEXP0001
        return builder;
    }
}
