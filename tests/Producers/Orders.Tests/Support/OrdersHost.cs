using EventSourcing.Orders.Outbox;
using EventSourcing.TestKit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace EventSourcing.Orders.Tests.Support;

/// <summary>The service as its Program.cs composes it, in this process, on a real socket of its own.</summary>
internal sealed class OrdersHost : IAsyncDisposable
{
    private readonly WebApplication _app;

    private OrdersHost(WebApplication app)
    {
        _app = app;
        Http = new HttpClient { BaseAddress = new Uri(app.Urls.Single()), Timeout = TimeSpan.FromMinutes(1) };
    }

    public HttpClient Http { get; }

    public IServiceProvider Services => _app.Services;

    // Without the relay, the test itself runs it.
    public static async Task<OrdersHost> StartAsync(
        string bootstrapServers, string connectionString, string folder, (string Key, string? Value)[]? settings = null, bool hasRelay = true, bool isReady = true)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = "Testing", ContentRootPath = folder });
        builder.Configuration.AddJsonFile(Repository.PathOf("src/Producers/Orders/appsettings.json"));
        builder.Configuration.AddInMemoryCollection(Settings(bootstrapServers, connectionString, folder));
        builder.Configuration.AddInMemoryCollection((settings ?? []).ToDictionary(own => own.Key, own => own.Value));
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.AddServiceDefaults();
        builder.AddOrders();
        if (!hasRelay)
            builder.Services.Remove(builder.Services.Single(service => service.ImplementationType == typeof(RelayWorker)));
        var app = builder.Build();
        app.MapDefaultEndpoints();
        app.MapOrdersEndpoints();
        await app.StartAsync();
        if (isReady)
            await app.Services.GetRequiredService<OutboxState>().WhenReadyAsync(CancellationToken.None).WaitAsync(Eventually.DefaultTimeout);
        return new OrdersHost(app);
    }

    /// <summary>What a service of the tests is told, in process or as a process of its own.</summary>
    public static Dictionary<string, string?> Settings(string bootstrapServers, string connectionString, string folder) => new()
    {
        ["ConnectionStrings:kafka"] = bootstrapServers,
        ["ConnectionStrings:orders"] = connectionString,
        ["Backbone:SpoolDirectory"] = Path.Combine(folder, "spool"),
        ["Outbox:MeasureInterval"] = "00:00:00.100",
        ["Outbox:RetryDelay"] = "00:00:00.100",
    };

    /// <summary>The settings of a kind of outbox; slots are named for their database.</summary>
    public static (string, string?)[] Kind(string kind, string database) => [("Outbox:Kind", kind), ("Outbox:SlotName", $"{database}_outbox")];

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
    }
}
