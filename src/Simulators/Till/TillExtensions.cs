using EventSourcing.Receipts;
using EventSourcing.Till.Options;
using EventSourcing.Till.Sending;
using EventSourcing.Till.Telemetry;

namespace EventSourcing.Till;

/// <summary>What the simulator consists of.</summary>
internal static class TillExtensions
{
    /// <summary>Adds the tills and the reports of their receipts; the reporter stops last.</summary>
    public static IHostApplicationBuilder AddTills(this IHostApplicationBuilder builder)
    {
        builder.AddReceiptReporting();
        builder.Services.AddOptionsWithValidateOnStart<TillOptions, TillOptionsValidator>().BindConfiguration(TillOptions.SectionName);
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton<TillTelemetry>();
        builder.Services.AddHostedService<TillWorker>();
        return builder;
    }
}
