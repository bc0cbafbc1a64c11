using EventSourcing.PumpSimulator.Options;
using EventSourcing.PumpSimulator.Sending;
using EventSourcing.Receipts;
using Microsoft.Extensions.Options;

namespace EventSourcing.PumpSimulator.Fleet;

/// <summary>What the simulator consists of.</summary>
internal static class PumpFleetExtensions
{
    /// <summary>Adds the ways out: options, transports, tracing.</summary>
    public static IHostApplicationBuilder AddPumpTransports(this IHostApplicationBuilder builder, Topics topics)
    {
        builder.Services.AddOptionsWithValidateOnStart<PumpsOptions, PumpsOptionsValidator>().BindConfiguration(PumpsOptions.SectionName);
        builder.Services.AddOptionsWithValidateOnStart<MqttWayOptions, MqttWayOptionsValidator>().BindConfiguration(MqttWayOptions.SectionName);
        builder.Services.AddOptionsWithValidateOnStart<HttpWayOptions, HttpWayOptionsValidator>().BindConfiguration(HttpWayOptions.SectionName);
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton(topics);
        builder.Services.AddSingleton(static services => new Tracing(services.GetRequiredService<IOptions<PumpsOptions>>().Value.TraceEvery));
        builder.Services.AddSingleton<TransportFactory>();
        builder.Services.AddServiceDiscovery();
        var http = builder.Services
            .AddHttpClient(HttpTransport.ClientName, static (services, client) =>
                client.Timeout = services.GetRequiredService<IOptions<HttpWayOptions>>().Value.Timeout)
            .AddServiceDiscovery();
#pragma warning disable EXTEXP0001 // evaluation API: the only way to keep the default retries away, which would repeat a POST without saying so
        http.RemoveAllResilienceHandlers();
#pragma warning restore EXTEXP0001
        return builder;
    }

    /// <summary>Adds the fleet and the reports of its receipts; the reporter stops last.</summary>
    public static IHostApplicationBuilder AddPumpFleet(this IHostApplicationBuilder builder)
    {
        builder.AddReceiptReporting();
        builder.AddPumpTransports(new Topics());
        builder.Services.AddHostedService<FleetWorker>();
        return builder;
    }
}
