using EventSourcing.EventBackbone;
using EventSourcing.HttpIntake;
using EventSourcing.Orders.Contracts;
using EventSourcing.Orders.Endpoints;
using EventSourcing.Orders.Options;
using EventSourcing.Orders.Outbox;
using EventSourcing.Orders.Outbox.Logical;
using EventSourcing.Orders.Outbox.Table;
using EventSourcing.Orders.State;
using EventSourcing.Orders.Telemetry;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace EventSourcing.Orders;

/// <summary>This service's parts, for its Program.cs and its tests.</summary>
internal static class OrdersExtensions
{
    private const string InTurn = "in-turn";

    /// <summary>Adds everything. The relay stops before the backbone does: hosted services stop in reverse order.</summary>
    public static WebApplicationBuilder AddOrders(this WebApplicationBuilder builder)
    {
        builder.AddEventBackbone("kafka", Routes.Orders);
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddProblemDetails();
        builder.AddOwnOptions();
        builder.Services
            .AddSingleton<Database>().AddSingleton<OutboxState>().AddSingleton<OrdersTelemetry>()
            .AddSingleton(services => OrderEventTypes.Catalog(services.GetRequiredService<IOptions<OrdersOptions>>().Value.SchemaBaseUri))
            .AddSingleton<SchemaEndpoints>().AddSingleton<CommandReader>().AddSingleton<OrderStore>().AddSingleton<OrdersEndpoints>();
        builder.AddOutbox();
        builder.AddTurns();
        return builder;
    }

    /// <summary>Maps the public surface.</summary>
    public static WebApplication MapOrdersEndpoints(this WebApplication app)
    {
        app.UseExceptionHandler(new ExceptionHandlerOptions { StatusCodeSelector = StatusOf });
        app.UseStatusCodePages();
        app.UseRouting();
        app.UseRateLimiter();

        var orders = app.MapGroup("/orders").RequireRateLimiting(InTurn);
        orders.MapPost("", (OrdersEndpoints endpoints, HttpContext context) => endpoints.PlaceAsync(context)).WithBodiesLimitedByIntake();
        orders.MapPost("/{id:guid}/cancel", (OrdersEndpoints endpoints, HttpContext context, Guid id) => endpoints.CancelAsync(context, id))
            .WithBodiesLimitedByIntake();
        orders.MapGet("/{id:guid}", (OrdersEndpoints endpoints, HttpContext context, Guid id) => endpoints.GetAsync(context, id));
        app.MapGet("/schemas", (SchemaEndpoints endpoints) => endpoints.List());
        app.MapGet("/schemas/{type}", (SchemaEndpoints endpoints, string type) => endpoints.Get(type));
        return app;
    }

    private static void AddOwnOptions(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptionsWithValidateOnStart<OrdersOptions, OrdersOptionsValidator>().BindConfiguration(OrdersOptions.SectionName);
        builder.Services.AddOptionsWithValidateOnStart<OutboxOptions, OutboxOptionsValidator>().BindConfiguration(OutboxOptions.SectionName);
        builder.Services.AddSingleton<IValidateOptions<OrdersOptions>, OrdersOptionsConsistency>();
    }

    private static void AddOutbox(this WebApplicationBuilder builder)
    {
        builder.Services
            .AddByKind<IOutbox, TableOutbox, LogicalOutbox>()
            .AddByKind<IOutboxGauge, TableGauge, SlotGauge>()
            .AddByKind<IRelay, TableRelay, LogicalRelay>()
            .AddSingleton<RelayPublisher>().AddSingleton<RelayBell>()
            .AddHostedService<OutboxMonitor>().AddHostedService<RelayWorker>().AddHostedService<KeySweeper>()
            .AddHostedService(services => services.GetRequiredService<RelayBell>());
        builder.GoesOnWithoutBackbone();
        builder.Services.AddHealthChecks().AddCheck<OutboxHealthCheck>("outbox");
    }

    private static IServiceCollection AddByKind<TService, TTable, TLogical>(this IServiceCollection services)
        where TService : class
        where TTable : class, TService
        where TLogical : class, TService => services.AddSingleton<TService>(provider =>
        provider.GetRequiredService<IOptions<OutboxOptions>>().Value.Kind == OutboxKind.Table
            ? ActivatorUtilities.CreateInstance<TTable>(provider)
            : ActivatorUtilities.CreateInstance<TLogical>(provider));

    private static void AddTurns(this WebApplicationBuilder builder)
    {
        builder.Services.AddRateLimiter(static _ => { });
        builder.Services.AddOptions<RateLimiterOptions>().Configure<IOptions<OrdersOptions>>(static (limiter, orders) =>
        {
            var own = orders.Value;
            limiter.AddConcurrencyLimiter(InTurn, turns => (turns.PermitLimit, turns.QueueLimit) = (own.MaxConcurrentRequests, own.MaxWaitingRequests));
            limiter.OnRejected = async (context, _) =>
                await new RefusalResult(IntakeRefusals.Busy("Too many requests wait.", own.RetryAfter)).ExecuteAsync(context.HttpContext);
        });
    }

    // What the server itself finds wrong with a request (a body cut short, headers too long) keeps its own status.
    private static int StatusOf(Exception exception) =>
        exception is BadHttpRequestException bad ? bad.StatusCode : StatusCodes.Status500InternalServerError;
}
