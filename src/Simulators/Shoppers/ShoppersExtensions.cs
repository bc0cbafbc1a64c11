using EventSourcing.Receipts;
using EventSourcing.Shoppers.Options;
using EventSourcing.Shoppers.Shopping;
using EventSourcing.Shoppers.Steps;
using EventSourcing.Shoppers.Telemetry;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace EventSourcing.Shoppers;

/// <summary>What the simulator consists of.</summary>
internal static class ShoppersExtensions
{
    /// <summary>Adds the channels and the reports of their receipts; the reporter stops last.</summary>
    public static IHostApplicationBuilder AddShoppers(this IHostApplicationBuilder builder)
    {
        builder.AddReceiptReporting();
        builder.Services.AddOptionsWithValidateOnStart<ShoppersOptions, ShoppersOptionsValidator>().BindConfiguration(ShoppersOptions.SectionName);
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddSingleton<ShoppersTelemetry>();
        builder.Services.AddServiceDiscovery();
        AddHttp(builder.Services);
        builder.Services.AddHostedService<StepWatcher>();
        builder.Services.AddHostedService<ShoppersWorker>();
        return builder;
    }

    // The channels repeat by themselves, and must know of every attempt.
#pragma warning disable EXTEXP0001 // RemoveAllResilienceHandlers is experimental; there is no other way to opt out of a default handler.
    private static void AddHttp(IServiceCollection services) => services
        .AddHttpClient(ShoppersWorker.HttpClientName, static (provider, http) =>
        {
            http.BaseAddress = provider.GetRequiredService<IOptions<ShoppersOptions>>().Value.Orders;
            http.Timeout = Timeout.InfiniteTimeSpan;          // each command has its own
        })
        .AddServiceDiscovery()
        .RemoveAllResilienceHandlers()
        .SetHandlerLifetime(Timeout.InfiniteTimeSpan);
#pragma warning restore EXTEXP0001
}
