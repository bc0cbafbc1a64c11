using EventSourcing.TestKit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace EventSourcing.SocialFeed.Tests.Support;

/// <summary>The service as its Program.cs composes it, in this process, on a real socket of its own.</summary>
internal sealed class FeedHost : IAsyncDisposable
{
    private readonly WebApplication _app;

    private FeedHost(WebApplication app)
    {
        _app = app;
        Address = new Uri(app.Urls.Single());
        Http = new HttpClient { BaseAddress = Address, Timeout = TimeSpan.FromMinutes(2) };
    }

    public Uri Address { get; }

    public HttpClient Http { get; }

    public IServiceProvider Services => _app.Services;

    public static async Task<FeedHost> StartAsync(
        string bootstrapServers, string folder, TimeProvider? time = null, params (string Key, string? Value)[] settings)
    {
        var port = FreePort.Next();
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = "Testing", ContentRootPath = folder });
        builder.Configuration.AddInMemoryCollection(Settings(bootstrapServers, folder, port));
        builder.Configuration.AddInMemoryCollection(settings.ToDictionary(own => own.Key, own => own.Value));
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls($"http://127.0.0.1:{port}");
        if (time is not null)
            builder.Services.AddSingleton(time);
        builder.AddServiceDefaults();
        builder.AddSocialFeed();
        var app = builder.Build();
        app.MapDefaultEndpoints();
        app.MapSocialFeedEndpoints();
        await app.StartAsync();
        return new FeedHost(app);
    }

    /// <summary>What a service of the tests is told, in process or as a process of its own.</summary>
    public static Dictionary<string, string?> Settings(string bootstrapServers, string folder, int port) => new()
    {
        ["ConnectionStrings:kafka"] = bootstrapServers,
        ["Backbone:SpoolDirectory"] = Path.Combine(folder, "spool"),
        ["Payloads:Directory"] = Path.Combine(folder, "payloads"),
        ["Payloads:BaseUri"] = $"http://127.0.0.1:{port}/payloads/",
        ["Streams:CursorDirectory"] = Path.Combine(folder, "cursors"),
        ["Webhooks:Feeds:test:Keys:0"] = Signer.OldKey["whsec_".Length..],
        ["Webhooks:Feeds:test:Keys:1"] = Signer.Key,
    };

    /// <summary>What SIGTERM does.</summary>
    public Task StopAsync() => _app.StopAsync();

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
    }
}
