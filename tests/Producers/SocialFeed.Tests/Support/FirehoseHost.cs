using EventSourcing.Firehose;
using EventSourcing.Receipts;
using EventSourcing.TestKit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace EventSourcing.SocialFeed.Tests.Support;

/// <summary>The simulator as its Program.cs composes it, in this process.</summary>
internal sealed class FirehoseHost : IAsyncDisposable
{
    private readonly WebApplication _app;

    private FirehoseHost(WebApplication app)
    {
        _app = app;
        Feed = new Uri($"{app.Urls.Single()}/feed");
    }

    /// <summary>The stream.</summary>
    public Uri Feed { get; }

    /// <summary>What the simulator was told.</summary>
    public ReceiptBook Book => _app.Services.GetRequiredService<ReceiptBook>();

    public static async Task<FirehoseHost> StartAsync(Uri webhook, params (string Key, string? Value)[] settings)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = "Testing", ContentRootPath = AppContext.BaseDirectory });
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Firehose:Webhook"] = webhook.ToString(),
            ["Firehose:Key"] = Signer.Key,
            ["Receipts:Ledger"] = $"http://127.0.0.1:{FreePort.Next()}",
            ["Receipts:Timeout"] = "00:00:00.200",
        });
        builder.Configuration.AddInMemoryCollection(settings.ToDictionary(own => own.Key, own => own.Value));
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls($"http://127.0.0.1:{FreePort.Next()}");
        builder.AddFirehose();
        var app = builder.Build();
        app.MapFirehoseEndpoints();
        await app.StartAsync();
        return new FirehoseHost(app);
    }

    /// <summary>Until the simulator has ended by itself.</summary>
    public Task WaitForEndAsync(CancellationToken stop) => _app.WaitForShutdownAsync(stop);

    /// <summary>What SIGTERM does.</summary>
    public Task StopAsync() => _app.StopAsync();

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }
}
