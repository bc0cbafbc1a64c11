using EventSourcing.EventBackbone;
using EventSourcing.HttpIntake;
using EventSourcing.MobileBff.Contracts;
using EventSourcing.MobileBff.Devices;
using EventSourcing.MobileBff.Endpoints;
using EventSourcing.MobileBff.Installations;
using EventSourcing.MobileBff.Intake;
using EventSourcing.MobileBff.Options;
using EventSourcing.MobileBff.Proxy;
using EventSourcing.MobileBff.Telemetry;
using EventSourcing.MobileBff.Window;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Cors.Infrastructure;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Yarp.ReverseProxy.ServiceDiscovery;

namespace EventSourcing.MobileBff;

/// <summary>This service's parts, for its Program.cs and its tests.</summary>
internal static class MobileBffExtensions
{
    /// <summary>Adds everything. The window is written until the last request has ended: hosted services stop in reverse order.</summary>
    public static WebApplicationBuilder AddMobileBff(this WebApplicationBuilder builder)
    {
        builder.AddEventBackbone("kafka", Routes.MobileEvents);
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddProblemDetails();
        builder.AddBffOptions();
        builder.AddDevices();
        builder.AddIntake();
        builder.Services.AddSingleton<ProxyBodyLimit>().AddSingleton<IDestinationResolver, ServiceDestinationResolver>();
        builder.Services.AddReverseProxy().LoadFromConfig(builder.Configuration.GetSection("ReverseProxy")).AddTransforms(DeviceTransforms.Add);
        return builder;
    }

    /// <summary>Maps the public surface. Everything but schemas and health asks for a device token.</summary>
    public static WebApplication MapMobileBffEndpoints(this WebApplication app)
    {
        app.UseExceptionHandler(new ExceptionHandlerOptions { StatusCodeSelector = StatusOf });
        app.UseStatusCodePages();
        app.UseRouting();
        app.UseCors(BffCors.Policy);
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseRateLimiter();

        var limit = app.Services.GetRequiredService<ProxyBodyLimit>();
        app.MapPost("/events", (EventsEndpoint endpoint, HttpContext context) => endpoint.PostAsync(context))
            .WithBodiesLimitedByIntake().WithMetadata(new InOrder()).RequireAuthorization(DevicePolicy.Name);
        app.MapGet("/schemas", (SchemaEndpoints endpoints) => endpoints.List());
        app.MapGet("/schemas/{type}", (SchemaEndpoints endpoints, string type) => endpoints.Get(type));
        app.MapReverseProxy(proxy =>
        {
            proxy.Use(limit.InvokeAsync);
            proxy.UseLoadBalancing();
        }).WithBodiesLimitedByIntake().RequireAuthorization(DevicePolicy.Name);
        return app;
    }

    private static void AddBffOptions(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptionsWithValidateOnStart<MobileOptions, MobileOptionsValidator>().BindConfiguration(MobileOptions.SectionName);
        services.AddOptionsWithValidateOnStart<InstallationOptions, InstallationOptionsValidator>().BindConfiguration(InstallationOptions.SectionName);
        services.AddOptionsWithValidateOnStart<WindowOptions, WindowOptionsValidator>().BindConfiguration(WindowOptions.SectionName);
        services.AddOptionsWithValidateOnStart<DeviceTokenOptions, DeviceTokenOptionsValidator>().BindConfiguration(DeviceTokenOptions.SectionName);
        services.AddSingleton<IValidateOptions<MobileOptions>, MobileOptionsConsistency>();
        services.AddSingleton<IValidateOptions<InstallationOptions>, InstallationOptionsConsistency>();
        services.AddSingleton<IValidateOptions<DeviceTokenOptions>, DeviceTokenOptionsConsistency>();
    }

    private static void AddDevices(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton<DeviceTokenVerifier>();
        services.AddAuthentication(DeviceTokenHandler.SchemeName).AddScheme<AuthenticationSchemeOptions, DeviceTokenHandler>(DeviceTokenHandler.SchemeName, null);
        services.AddAuthorization().AddSingleton<IConfigureOptions<AuthorizationOptions>, DevicePolicy>();
        services.AddCors().AddSingleton<IConfigureOptions<CorsOptions>, BffCors>();
        services.AddSingleton<InstallationShares>().AddSingleton<InstallationLimiter>();
        services.AddRateLimiter(static _ => { });
        services.AddOptions<RateLimiterOptions>().Configure<InstallationLimiter>(static (options, limiter) =>
        {
            options.GlobalLimiter = limiter;
            options.OnRejected = static async (context, _) =>
            {
                if (context.Lease.TryGetMetadata(InstallationPlace.Refusal, out var refusal) && refusal is not null)
                    await new RefusalResult(refusal).ExecuteAsync(context.HttpContext);
            };
        });
    }

    private static void AddIntake(this WebApplicationBuilder builder)
    {
        builder.Services
            .AddSingleton(services => MobileEventTypes.Catalog(Mobile(services).SchemaBaseUri))
            .AddSingleton(services => new EventCheck(services.GetRequiredService<EventCatalog>(), "installation id"))
            .AddSingleton(services => new ClientTime(Mobile(services).ClockTolerance))
            .AddSingleton(services => new BodyBudget(Mobile(services).MaxInFlightBytes))
            .AddSingleton(services => WindowFactory.Open(services.GetRequiredService<IOptions<WindowOptions>>().Value))
            .AddSingleton<TopicTail>().AddHostedService<WindowRecovery>()
            .AddSingleton<ReceiptWindow>().AddHostedService(services => services.GetRequiredService<ReceiptWindow>())
            .AddSingleton<MobileBffTelemetry>().AddSingleton<EventPreparation>().AddSingleton<BatchIntake>()
            .AddSingleton<EventsEndpoint>().AddSingleton<SchemaEndpoints>();
        builder.Services.AddHealthChecks().AddCheck<ReceiptWindow>("window");
    }

    private static MobileOptions Mobile(IServiceProvider services) => services.GetRequiredService<IOptions<MobileOptions>>().Value;

    // What the server itself finds wrong with a request (a body cut short, headers too long) keeps its own status.
    private static int StatusOf(Exception exception) =>
        exception is BadHttpRequestException bad ? bad.StatusCode : StatusCodes.Status500InternalServerError;
}
