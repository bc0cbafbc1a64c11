using EventSourcing.TestKit;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace EventSourcing.WebEvents.Tests.Support;

/// <summary>The service as its Program.cs composes it, in this process, on real sockets of its own.</summary>
internal sealed class WebEventsHost : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly TempFolder _folder;

    private WebEventsHost(WebApplication app, TempFolder folder)
    {
        (_app, _folder) = (app, folder);
        // Endpoints are bound in the order of their names.
        var addresses = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.ToArray();
        (GrpcAddress, HttpAddress) = (new Uri(addresses[0]), new Uri(addresses[1]));
        Http = new HttpClient { BaseAddress = HttpAddress, Timeout = TimeSpan.FromMinutes(2) };
        Channel = GrpcChannel.ForAddress(GrpcAddress);
    }

    public Uri HttpAddress { get; }

    public Uri GrpcAddress { get; }

    public HttpClient Http { get; }

    public GrpcChannel Channel { get; }

    public IServiceProvider Services => _app.Services;

    public static Task<WebEventsHost> StartAsync(string bootstrapServers, params (string Key, string Value)[] settings) =>
        StartAsync(bootstrapServers, httpPort: 0, grpcPort: 0, settings);

    public static async Task<WebEventsHost> StartAsync(
        string bootstrapServers, int httpPort, int grpcPort, params (string Key, string Value)[] settings)
    {
        var folder = new TempFolder("web-events");
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = "Testing", ContentRootPath = folder.Path });
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["ConnectionStrings:kafka"] = bootstrapServers,
            ["Kestrel:Endpoints:http:Url"] = $"http://127.0.0.1:{httpPort}",
            ["Kestrel:Endpoints:http:Protocols"] = "Http1",
            ["Kestrel:Endpoints:grpc:Url"] = $"http://127.0.0.1:{grpcPort}",
            ["Kestrel:Endpoints:grpc:Protocols"] = "Http2",
            ["Backbone:SpoolDirectory"] = folder.Path,
        });
        builder.Configuration.AddInMemoryCollection(settings.GroupBy(setting => setting.Key).Select(same => KeyValuePair.Create(same.Key, (string?)same.Last().Value)));
        builder.Logging.ClearProviders();
        builder.AddServiceDefaults();
        builder.AddWebEvents();
        var app = builder.Build();
        app.MapDefaultEndpoints();
        app.MapWebEventsEndpoints();
        await app.StartAsync();
        return new WebEventsHost(app, folder);
    }

    /// <summary>What SIGTERM does.</summary>
    public Task StopAsync() => _app.StopAsync();

    public async ValueTask DisposeAsync()
    {
        Channel.Dispose();
        Http.Dispose();
        await _app.DisposeAsync();
        _folder.Dispose();
    }
}
