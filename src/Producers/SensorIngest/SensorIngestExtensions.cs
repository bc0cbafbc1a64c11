using EventSourcing.EventBackbone;
using EventSourcing.HttpIntake;
using EventSourcing.SensorIngest.Contracts;
using EventSourcing.SensorIngest.Endpoints;
using EventSourcing.SensorIngest.Intake;
using EventSourcing.SensorIngest.Mqtt;
using EventSourcing.SensorIngest.Options;
using EventSourcing.SensorIngest.Registry;
using EventSourcing.SensorIngest.Telemetry;
using Microsoft.Extensions.Options;

namespace EventSourcing.SensorIngest;

/// <summary>What this service consists of.</summary>
public static class SensorIngestExtensions
{
    /// <summary>Adds the routes, the registry, the intake and the two ways in. The order of the workers is the order of their stop, reversed: MQTT first.</summary>
    public static WebApplicationBuilder AddSensorIngest(this WebApplicationBuilder builder)
    {
        builder.AddEventBackbone("kafka", Routes.SensorReadings, Routes.Assets);
        builder.Services.AddSingleton(TimeProvider.System);
        builder.AddOptions();
        builder.AddRegistry();
        builder.AddIntake();
        if (builder.Configuration.GetValue($"{MqttSourceOptions.SectionName}:{nameof(MqttSourceOptions.Enabled)}", true))
            builder.AddMqttSource();
        return builder;
    }

    /// <summary>Maps <c>POST /readings</c>, <c>POST /assets</c> and <c>GET /schemas/{type}</c>.</summary>
    public static WebApplication MapSensorIngestEndpoints(this WebApplication app)
    {
        var endpoint = app.Services.GetRequiredService<EventEndpoint>();
        app.MapPost("/readings", (HttpRequest request) => endpoint.PostReadingsAsync(request, request.HttpContext.RequestAborted)).WithBodiesLimitedByIntake();
        app.MapPost("/assets", (HttpRequest request) => endpoint.PostAssetsAsync(request, request.HttpContext.RequestAborted)).WithBodiesLimitedByIntake();
        app.MapGet("/schemas/{type}", (string type, Schemas schemas) => schemas.Find(type) is { } schema
            ? Results.Text(schema, "application/schema+json")
            : Results.Problem($"This service owns no event type '{type}'.", statusCode: StatusCodes.Status404NotFound, type: "urn:eventsourcing:unknown-type"));
        return app;
    }

    private static void AddOptions(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptionsWithValidateOnStart<MqttSourceOptions, MqttSourceOptionsValidator>().BindConfiguration(MqttSourceOptions.SectionName);
        builder.Services.AddOptionsWithValidateOnStart<HttpSourceOptions, HttpSourceOptionsValidator>().BindConfiguration(HttpSourceOptions.SectionName);
        builder.Services.AddOptionsWithValidateOnStart<DeviceRegistryOptions, DeviceRegistryOptionsValidator>().BindConfiguration(DeviceRegistryOptions.SectionName);
    }

    private static void AddRegistry(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<DeviceRegistry>();
        builder.Services.AddSingleton<AssetTopicPosition>();
        builder.Services.AddSingleton<RegistryFreshness>();
        builder.Services.AddSingleton<IRegistryFreshness>(static services => services.GetRequiredService<RegistryFreshness>());
        builder.Services.AddSingleton<RegistrationsUnderWay>();
        builder.Services.AddSingleton<WaitingRoom>();
        builder.Services.AddHostedService<AssetTopicReader>();
        builder.Services.AddHostedService<UnknownDeviceWorker>();
    }

    private static void AddIntake(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<SensorIngestTelemetry>();
        builder.Services.AddSingleton<Schemas>();
        builder.Services.AddSingleton<EventDecoder>();
        builder.Services.AddSingleton<EventEnricher>();
        builder.Services.AddSingleton(static services => new DuplicateWindow(services.GetRequiredService<IOptions<DeviceRegistryOptions>>().Value.DuplicateWindow));
        builder.Services.AddSingleton<SensorIntake>();
        builder.Services.AddSingleton<EventEndpoint>();
        builder.Services.AddHostedService<GaugeRegistration>();
    }

    private static void AddMqttSource(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<MqttAddress>();
        builder.Services.AddSingleton<MqttMessageDecoder>();
        builder.Services.AddSingleton<DeadLetterOffice>();
        builder.Services.AddSingleton<MqttDeliveryProcessor>();
        builder.Services.AddSingleton<LaneSubscriber>();
        builder.Services.AddSingleton<MqttSourceState>();
        builder.Services.AddHealthChecks().AddCheck<MqttSourceState>("mqtt");
        builder.Services.AddHostedService<MqttSourceWorker>();
    }
}
