using EventSourcing.SensorIngest.Mqtt;
using EventSourcing.TestKit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace EventSourcing.SensorIngest.Tests.Support;

/// <summary>One replica of the service in this process, as its Program builds it, on a free port.</summary>
internal sealed class Ingest : IAsyncDisposable
{
    private readonly WebApplication _app;
    private bool _disposed;

    private Ingest(WebApplication app)
    {
        _app = app;
        Http = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
    }

    public HttpClient Http { get; }

    public IServiceProvider Services => _app.Services;

    /// <summary>The connections of this replica's lanes; none between two.</summary>
    public IReadOnlyList<MqttConnection> Connections => [.. Services.GetRequiredService<MqttSourceState>().Connections];

    /// <summary>MQTT messages received and not acknowledged.</summary>
    public int Unacknowledged => Connections.Sum(connection => connection.Unacknowledged);

    public static async Task<Ingest> StartAsync(IReadOnlyDictionary<string, string?> settings, CancellationToken stop)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.Configuration.AddInMemoryCollection(settings);
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.AddServiceDefaults();
        builder.AddSensorIngest();
        var app = builder.Build();
        app.MapDefaultEndpoints();
        app.MapSensorIngestEndpoints();
        await app.StartAsync(stop);
        return new Ingest(app);
    }

    /// <summary>Waits until <c>/health</c> says Healthy: the backbone is there and the subscription stands.</summary>
    public Task IsReadyAsync(CancellationToken stop) => Eventually.TrueAsync(
        async token =>
        {
            using var health = await Http.GetAsync("/health", token);
            return await health.Content.ReadAsStringAsync(token) == "Healthy";
        },
        "the service is healthy",
        stop: stop);

    /// <summary>Waits until <c>/health</c> says that the service is not ready.</summary>
    public Task IsNotReadyAsync(CancellationToken stop) => Eventually.TrueAsync(
        async token =>
        {
            using var health = await Http.GetAsync("/health", token);
            return !health.IsSuccessStatusCode;
        },
        "the service says that it is not ready",
        stop: stop);

    /// <summary>Stops as the host does on SIGTERM, and disposes; a second time does nothing.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, true))
            return;
        Http.Dispose();
        await _app.StopAsync(CancellationToken.None);
        await _app.DisposeAsync();
    }
}
