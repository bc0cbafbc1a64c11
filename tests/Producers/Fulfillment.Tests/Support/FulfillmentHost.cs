using EventSourcing.Fulfillment.State;
using EventSourcing.TestKit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace EventSourcing.Fulfillment.Tests.Support;

/// <summary>The service as its Program.cs composes it, in this process, on a real socket of its own.</summary>
internal sealed class FulfillmentHost : IAsyncDisposable
{
    private readonly WebApplication _app;

    private FulfillmentHost(WebApplication app)
    {
        _app = app;
        Http = new HttpClient { BaseAddress = new Uri(app.Urls.Single()), Timeout = TimeSpan.FromMinutes(1) };
    }

    public HttpClient Http { get; }

    public IServiceProvider Services => _app.Services;

    public static async Task<FulfillmentHost> StartAsync(
        string bootstrapServers, string connectionString, string folder, params (string Key, string? Value)[] settings)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = "Testing", ContentRootPath = folder });
        builder.Configuration.AddJsonFile(Repository.PathOf("src/Producers/Fulfillment/appsettings.json"));
        builder.Configuration.AddInMemoryCollection(Settings(bootstrapServers, connectionString, folder));
        builder.Configuration.AddInMemoryCollection(settings.ToDictionary(own => own.Key, own => own.Value));
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.AddServiceDefaults();
        builder.AddFulfillment();
        var app = builder.Build();
        app.MapDefaultEndpoints();
        app.MapFulfillmentEndpoints();
        await app.StartAsync();
        await app.Services.GetRequiredService<ServiceState>().WhenReadyAsync(CancellationToken.None).WaitAsync(Eventually.DefaultTimeout);
        return new FulfillmentHost(app);
    }

    /// <summary>What a service of the tests is told, in process or as a process of its own.</summary>
    public static Dictionary<string, string?> Settings(string bootstrapServers, string connectionString, string folder) => new()
    {
        ["ConnectionStrings:kafka"] = bootstrapServers,
        ["ConnectionStrings:fulfillment"] = connectionString,
        ["Backbone:SpoolDirectory"] = Path.Combine(folder, "spool"),
        ["Process:StepDelay"] = "00:00:00.050",
        ["Process:RetryDelay"] = "00:00:00.050",
        ["Process:PollInterval"] = "00:00:00.020",
        ["Process:Timeout"] = "00:00:20",
        ["Outbox:MeasureInterval"] = "00:00:00.100",
        ["Outbox:RetryDelay"] = "00:00:00.100",
    };

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
    }
}
