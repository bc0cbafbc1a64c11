using EventSourcing.EventBackbone;
using EventSourcing.PostgresCdc.Capture;
using EventSourcing.PostgresCdc.Contracts;
using EventSourcing.PostgresCdc.Options;
using EventSourcing.PostgresCdc.Positions;
using EventSourcing.PostgresCdc.Postgres;
using EventSourcing.PostgresCdc.Publishing;
using EventSourcing.PostgresCdc.Telemetry;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace EventSourcing.PostgresCdc;

/// <summary>What this service consists of.</summary>
public static class PostgresCdcExtensions
{
    /// <summary>Adds a route per captured table, and the capture, which stops first. Topics are named by configuration, so it is read here once already.</summary>
    public static WebApplicationBuilder AddPostgresCdc(this WebApplicationBuilder builder)
    {
        var options = builder.Configuration.GetSection(CdcOptions.SectionName).Get<CdcOptions>() ?? new CdcOptions();
        var plan = new CapturePlan(options, builder.Configuration.GetConnectionString(options.Connection));
        builder.AddEventBackbone("kafka", plan.Routes);
        builder.Services.AddSingleton(plan);
        builder.Services.AddOptionsWithValidateOnStart<CdcOptions, CdcOptionsValidator>().BindConfiguration(CdcOptions.SectionName);
        builder.Services.AddSingleton<IValidateOptions<CdcOptions>, CdcRules>();
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddSingleton<PostgresCdcTelemetry>();
        builder.Services.AddSingleton<Schemas>();
        builder.Services.AddSingleton<EventFactory>();
        builder.Services.AddSingleton<PostgresServer>();
        builder.Services.AddSingleton<TopicReader>();
        builder.Services.AddSingleton<PositionStore>();
        builder.Services.AddSingleton<SessionParts>();
        builder.Services.AddSingleton<CaptureSessionFactory>();
        builder.Services.AddSingleton<CaptureState>();
        builder.Services.AddHealthChecks().AddCheck<CaptureState>("capture");
        builder.Services.AddHostedService<CaptureWorker>();
        return builder;
    }

    /// <summary>Maps <c>GET /schemas/{type}</c>.</summary>
    public static WebApplication MapPostgresCdcEndpoints(this WebApplication app)
    {
        app.MapGet("/schemas/{type}", (string type, Schemas schemas) => schemas.Find(type) is { } schema
            ? Results.Text(schema, "application/schema+json")
            : Results.Problem($"This service owns no event type '{type}'.", statusCode: StatusCodes.Status404NotFound, type: "urn:eventsourcing:unknown-type"));
        return app;
    }
}
