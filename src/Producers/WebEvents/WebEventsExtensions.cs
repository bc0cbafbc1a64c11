using EventSourcing.EventBackbone;
using EventSourcing.HttpIntake;
using EventSourcing.WebEvents.Contracts;
using EventSourcing.WebEvents.Endpoints;
using EventSourcing.WebEvents.Grpc;
using EventSourcing.WebEvents.Intake;
using EventSourcing.WebEvents.Options;
using EventSourcing.WebEvents.Telemetry;
using Microsoft.AspNetCore.Cors.Infrastructure;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace EventSourcing.WebEvents;

/// <summary>This service's parts, for its Program.cs and its tests.</summary>
internal static class WebEventsExtensions
{
    /// <summary>Adds options, the route onto <c>web-events</c>, the checks and the collectors.</summary>
    public static WebApplicationBuilder AddWebEvents(this WebApplicationBuilder builder)
    {
        builder.AddEventBackbone("kafka", Routes.WebEvents);
        builder.AddCollectorOptions();
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services
            .AddSingleton(services => WebEventTypes.Catalog(Collector(services).SchemaBaseUri))
            .AddSingleton(services => new EventCheck(services.GetRequiredService<EventCatalog>(), "visitor id"))
            .AddSingleton(services => new ClientTime(Collector(services).ClockTolerance))
            .AddSingleton<EventIntake>().AddSingleton<IngressBudget>().AddSingleton<WebEventsTelemetry>();
        builder.Services
            .AddSingleton<EventsEndpoint>().AddSingleton<BeaconEndpoint>().AddSingleton<SchemaEndpoints>().AddSingleton<TrackerEndpoint>();
        builder.Services.AddProblemDetails();
        builder.Services.AddCors().AddSingleton<IConfigureOptions<CorsOptions>, CollectorCors>();
        builder.Services.AddGrpcCollector();
        return builder;
    }

    /// <summary>Maps the public surface.</summary>
    public static WebApplication MapWebEventsEndpoints(this WebApplication app)
    {
        app.UseExceptionHandler(new ExceptionHandlerOptions { StatusCodeSelector = StatusOf });
        app.UseStatusCodePages();
        app.UseRouting();
        app.UseCors(CollectorCors.Policy);
        app.UseGrpcWeb(new GrpcWebOptions { DefaultEnabled = true });

        app.MapPost("/events", (EventsEndpoint endpoint, HttpRequest request, CancellationToken stop) => endpoint.PostAsync(request, stop)).WithBodiesLimitedByIntake();
        app.MapPost("/beacon", (BeaconEndpoint endpoint, HttpRequest request, CancellationToken stop) => endpoint.PostAsync(request, stop)).WithBodiesLimitedByIntake();
        app.MapGet("/tracker.js", (TrackerEndpoint endpoint, HttpResponse response) => endpoint.Get(response));
        app.MapGet("/schemas", (SchemaEndpoints endpoints) => endpoints.List());
        app.MapGet("/schemas/{type}", (SchemaEndpoints endpoints, string type) => endpoints.Get(type));
        app.MapGrpcService<CollectorService>();
        return app;
    }

    private static void AddCollectorOptions(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptionsWithValidateOnStart<CollectorOptions, CollectorOptionsValidator>().BindConfiguration(CollectorOptions.SectionName);
        builder.Services.AddSingleton<IValidateOptions<CollectorOptions>, CollectorOptionsConsistency>();
    }

    private static CollectorOptions Collector(IServiceProvider services) => services.GetRequiredService<IOptions<CollectorOptions>>().Value;

    // What the server itself finds wrong with a request (a body cut short, headers too long) keeps its own status.
    private static int StatusOf(Exception exception) =>
        exception is BadHttpRequestException bad ? bad.StatusCode : StatusCodes.Status500InternalServerError;
}
