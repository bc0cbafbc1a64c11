using EventSourcing.TestKit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace EventSourcing.MqAdapter.Tests.Support;

/// <summary>The service in this process, as its Program builds it, on a free port.</summary>
internal sealed class Adapter : IAsyncDisposable
{
    private readonly WebApplication _app;
    private bool _disposed;

    private Adapter(WebApplication app)
    {
        _app = app;
        Http = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
    }

    public HttpClient Http { get; }

    /// <summary>Messages received and not settled.</summary>
    public int Unsettled => _app.Services.GetRequiredService<EventSourcing.MqAdapter.Mq.MqSourceState>().Unsettled;

    public static async Task<Adapter> StartAsync(IReadOnlyDictionary<string, string?> settings, CancellationToken stop)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.Configuration.Sources.Clear();
        builder.Configuration.AddInMemoryCollection(settings);
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.AddServiceDefaults();
        builder.AddMqAdapter();
        var app = builder.Build();
        app.MapDefaultEndpoints();
        app.MapMqAdapterEndpoints();
        await app.StartAsync(stop);
        return new Adapter(app);
    }

    /// <summary>What <c>/health</c> says.</summary>
    public async Task<string> HealthAsync(CancellationToken stop)
    {
        using var health = await Http.GetAsync("/health", stop);
        return await health.Content.ReadAsStringAsync(stop);
    }

    /// <summary>Waits until <c>/health</c> says so.</summary>
    public Task IsAsync(string health, CancellationToken stop) =>
        Eventually.ValueAsync(HealthAsync, seen => seen == health, $"the service is {health}", stop: stop);

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
