using EventSourcing.Receipts;
using EventSourcing.Storefront.Events;
using EventSourcing.Storefront.Kafka;
using EventSourcing.Storefront.Options;
using EventSourcing.Storefront.Shop;
using EventSourcing.Storefront.Shoppers;
using EventSourcing.Storefront.Telemetry;
using EventSourcing.WebEvents.V1;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace EventSourcing.Storefront;

/// <summary>This simulator's parts, for its Program.cs and its tests.</summary>
internal static class StorefrontExtensions
{
    /// <summary>Adds the shop, its Kafka client and its shoppers.</summary>
    public static WebApplicationBuilder AddStorefront(this WebApplicationBuilder builder)
    {
        builder.AddReceiptReporting();
        builder.AddDirectProducer();
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddSingleton<RunId>().AddSingleton<StorefrontTelemetry>();
        builder.Services.AddSingleton<Pages>().AddSingleton<ShopEvents>();
        builder.Services.AddTracker().AddShoppers();
        return builder;
    }

    /// <summary>Maps the shop's pages.</summary>
    public static WebApplication MapStorefrontEndpoints(this WebApplication app)
    {
        app.MapShop();
        return app;
    }

    private static IServiceCollection AddTracker(this IServiceCollection services)
    {
        services.AddOptions<TrackerOptions>().BindConfiguration(TrackerOptions.SectionName).ValidateOnStart();
        services.AddSingleton<TrackerOptionsSetup>();
        services.AddSingleton<IPostConfigureOptions<TrackerOptions>>(provider => provider.GetRequiredService<TrackerOptionsSetup>());
        services.AddSingleton<IValidateOptions<TrackerOptions>>(provider => provider.GetRequiredService<TrackerOptionsSetup>());
        return services;
    }

    // A retry behind the shoppers' back could store an event twice without a mark: they retry themselves, and only what was refused.
#pragma warning disable EXTEXP0001 // RemoveAllResilienceHandlers is experimental; there is no other way to opt out of a default handler.
    private static void AddShoppers(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<ShoppersOptions, ShoppersOptionsValidator>().BindConfiguration(ShoppersOptions.SectionName);
        services.AddHttpClient(ShopperWorker.HttpClientName, client =>
        {
            client.BaseAddress = new Uri("http://web-events");
            client.Timeout = Timeout.InfiniteTimeSpan;
        }).RemoveAllResilienceHandlers();
        services.AddGrpcClient<Collector.CollectorClient>(client => client.Address = new Uri("http://_grpc.web-events")).RemoveAllResilienceHandlers();
        services.AddHostedService<ShopperWorker>();
    }
#pragma warning restore EXTEXP0001
}
