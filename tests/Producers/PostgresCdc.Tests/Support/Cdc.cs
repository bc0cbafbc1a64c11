using EventSourcing.TestKit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace EventSourcing.PostgresCdc.Tests.Support;

/// <summary>The service in this process, as its Program builds it, on a free port.</summary>
internal sealed class Cdc : IAsyncDisposable
{
    private readonly WebApplication _app;
    private bool _disposed;

    private Cdc(WebApplication app)
    {
        _app = app;
        Http = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
    }

    public HttpClient Http { get; }

    /// <summary>What it does, in words.</summary>
    public string Doing => _app.Services.GetRequiredService<EventSourcing.PostgresCdc.Capture.CaptureState>().Description;

    /// <summary>Changes published and not receipted.</summary>
    public int Window => _app.Services.GetRequiredService<EventSourcing.PostgresCdc.Capture.CaptureState>().WindowUsage();

    public static async Task<Cdc> StartAsync(IReadOnlyDictionary<string, string?> settings, CancellationToken stop)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.Configuration.Sources.Clear();
        builder.Configuration.AddInMemoryCollection(settings);
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.AddServiceDefaults();
        builder.AddPostgresCdc();
        var app = builder.Build();
        app.MapDefaultEndpoints();
        app.MapPostgresCdcEndpoints();
        await app.StartAsync(stop);
        return new Cdc(app);
    }

    /// <summary>What <c>/health</c> says.</summary>
    public async Task<string> HealthAsync(CancellationToken stop)
    {
        using var health = await Http.GetAsync("/health", stop);
        return await health.Content.ReadAsStringAsync(stop);
    }

    /// <summary>Waits until it says what it does in a text that has this.</summary>
    public Task DoesAsync(string doing, CancellationToken stop) => Eventually.ValueAsync(
        _ => Task.FromResult(Doing), seen => seen.Contains(doing, StringComparison.Ordinal), $"the service is at '{doing}'", stop: stop);

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
