using EventSourcing.EventBackbone;
using EventSourcing.MqAdapter.Contracts;
using EventSourcing.MqAdapter.Intake;
using EventSourcing.MqAdapter.Mq;
using EventSourcing.MqAdapter.Options;
using EventSourcing.MqAdapter.Telemetry;
using Microsoft.Extensions.Options;

namespace EventSourcing.MqAdapter;

/// <summary>What this service consists of.</summary>
public static class MqAdapterExtensions
{
    /// <summary>Adds the route, the decoders of the configured queues and the AMQP source, which stops first.</summary>
    public static WebApplicationBuilder AddMqAdapter(this WebApplicationBuilder builder)
    {
        builder.AddEventBackbone("kafka", Routes.StoreSales);
        builder.Services.AddOptionsWithValidateOnStart<MqOptions, MqOptionsValidator>().BindConfiguration(MqOptions.SectionName);
        builder.Services.AddSingleton<IValidateOptions<MqOptions>, QueueRules>();
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton<MqAdapterTelemetry>();
        builder.Services.AddSingleton<Schemas>();
        builder.Services.AddSingleton<EventFactory>();
        builder.Services.AddSingleton<DeadLetters>();
        builder.Services.AddSingleton<MessageIntake>();
        builder.Services.AddSingleton(static services => new DuplicateWindow(services.GetRequiredService<IOptions<MqOptions>>().Value.DuplicateWindow));
        builder.Services.AddSingleton<MqAddress>();
        builder.Services.AddSingleton<MqSourceState>();
        builder.Services.AddHealthChecks().AddCheck<MqSourceState>("mq");
        builder.Services.AddHostedService<MqSourceWorker>();
        return builder;
    }

    /// <summary>Maps <c>GET /schemas/{type}</c>.</summary>
    public static WebApplication MapMqAdapterEndpoints(this WebApplication app)
    {
        app.MapGet("/schemas/{type}", (string type, Schemas schemas) => schemas.Find(type) is { } schema
            ? Results.Text(schema, "application/schema+json")
            : Results.Problem($"This service owns no event type '{type}'.", statusCode: StatusCodes.Status404NotFound, type: "urn:eventsourcing:unknown-type"));
        return app;
    }
}
