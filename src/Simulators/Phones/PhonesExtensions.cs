using EventSourcing.Phones.Options;
using EventSourcing.Phones.Sending;
using EventSourcing.Phones.Telemetry;
using EventSourcing.Receipts;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace EventSourcing.Phones;

/// <summary>What the simulator consists of.</summary>
internal static class PhonesExtensions
{
    /// <summary>Adds the phones and the reports of their receipts; the reporter stops last.</summary>
    public static IHostApplicationBuilder AddPhones(this IHostApplicationBuilder builder)
    {
        builder.AddReceiptReporting();
        builder.Services.AddOptionsWithValidateOnStart<PhonesOptions, PhonesOptionsValidator>().BindConfiguration(PhonesOptions.SectionName);
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddSingleton<PhonesTelemetry>();
        builder.Services.AddTransient<BadNetwork>();
        builder.Services.AddServiceDiscovery();
        AddHttp(builder.Services);
        builder.Services.AddHostedService<PhonesWorker>();
        return builder;
    }

    // The client library retries by itself, and knows what was answered: a handler that retries behind its back would hide cuts.
#pragma warning disable EXTEXP0001 // RemoveAllResilienceHandlers is experimental; there is no other way to opt out of a default handler.
    private static void AddHttp(IServiceCollection services) => services
        .AddHttpClient(PhonesWorker.HttpClientName, static (provider, http) => http.BaseAddress = provider.GetRequiredService<IOptions<PhonesOptions>>().Value.Bff)
        .AddServiceDiscovery()
        .RemoveAllResilienceHandlers()
        .AddHttpMessageHandler<BadNetwork>()
        .SetHandlerLifetime(Timeout.InfiniteTimeSpan);
#pragma warning restore EXTEXP0001
}
