using EventSourcing.EventBackbone;
using EventSourcing.Fulfillment.Conformance;
using EventSourcing.Fulfillment.Contracts;
using EventSourcing.Fulfillment.Endpoints;
using EventSourcing.Fulfillment.Kafka;
using EventSourcing.Fulfillment.Options;
using EventSourcing.Fulfillment.Outbox;
using EventSourcing.Fulfillment.Process;
using EventSourcing.Fulfillment.State;
using EventSourcing.Fulfillment.Telemetry;
using EventSourcing.Fulfillment.Workers;
using EventSourcing.HttpIntake;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace EventSourcing.Fulfillment;

/// <summary>This service's parts, for its Program.cs and its tests.</summary>
internal static class FulfillmentExtensions
{
    /// <summary>Adds everything. The relay stops before the backbone does: hosted services stop in reverse order.</summary>
    public static WebApplicationBuilder AddFulfillment(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        builder.AddEventBackbone("kafka", Routes.ProcessSteps);
        services.TryAddSingleton(TimeProvider.System);
        services.AddProblemDetails();
        services.AddOptionsWithValidateOnStart<ProcessOptions, ProcessOptionsValidator>().BindConfiguration(ProcessOptions.SectionName);
        services.AddOptionsWithValidateOnStart<WorldOptions, WorldOptionsValidator>().BindConfiguration(WorldOptions.SectionName);
        services.AddOptionsWithValidateOnStart<OutboxOptions, OutboxOptionsValidator>().BindConfiguration(OutboxOptions.SectionName);
        services.AddSingleton<IValidateOptions<ProcessOptions>, ProcessOptionsConsistency>();
        services
            .AddSingleton<Database>().AddSingleton<ServiceState>().AddSingleton<FulfillmentTelemetry>()
            .AddSingleton(provider => FulfillmentJson.Catalog(provider.GetRequiredService<IOptions<ProcessOptions>>().Value.SchemaBaseUri))
            .AddSingleton<SimulatedWorld>().AddSingleton<ProcessStepper>().AddSingleton<InstanceStore>()
            .AddSingleton<ConformanceView>().AddSingleton<StepPublisher>().AddSingleton<SchemaEndpoints>().AddSingleton<FulfillmentEndpoints>()
            .AddHostedService<FulfillmentMonitor>().AddHostedService<StepRelay>().AddHostedService<ProcessWorker>().AddHostedService<ConformanceReader>();
        builder.GoesOnWithoutBackbone();
        services.AddHealthChecks().AddCheck<FulfillmentHealthCheck>("process");
        builder.AddEventConsumer<OrdersHandler>("kafka", Routes.Group, Routes.Orders);
        return builder;
    }

    /// <summary>Maps the public surface.</summary>
    public static WebApplication MapFulfillmentEndpoints(this WebApplication app)
    {
        app.UseExceptionHandler();
        app.UseStatusCodePages();
        app.MapGet("/conformance", (FulfillmentEndpoints endpoints) => endpoints.Conformance());
        app.MapGet("/steps", (FulfillmentEndpoints endpoints, HttpContext context, long? after, int? limit) => endpoints.StepsAsync(after, limit, context));
        app.MapGet("/schemas", (SchemaEndpoints endpoints) => endpoints.List());
        app.MapGet("/schemas/{type}", (SchemaEndpoints endpoints, string type) => endpoints.Get(type));
        return app;
    }
}
