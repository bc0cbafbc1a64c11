using EventSourcing.Receipts;
using EventSourcing.TestKit;
using EventSourcing.WebEvents.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace EventSourcing.Storefront.Tests.Support;

/// <summary>The simulator as its Program.cs composes it, in this process.</summary>
internal sealed class StorefrontHost : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly TempFolder _folder;

    private StorefrontHost(WebApplication app, TempFolder folder)
    {
        (_app, _folder) = (app, folder);
        Address = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
        Http = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = Address };
    }

    public Uri Address { get; }

    public HttpClient Http { get; }

    public IServiceProvider Services => _app.Services;

    public ReceiptBook Book => Services.GetRequiredService<ReceiptBook>();

    public static async Task<StorefrontHost> StartAsync(string bootstrapServers, Uri webEventsHttp, Uri webEventsGrpc, params (string Key, string Value)[] settings)
    {
        var folder = new TempFolder("storefront");
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = "Testing", ContentRootPath = folder.Path });
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["ConnectionStrings:kafka"] = bootstrapServers,
            ["services:web-events:http:0"] = webEventsHttp.GetLeftPart(UriPartial.Authority),
            ["services:web-events:grpc:0"] = webEventsGrpc.GetLeftPart(UriPartial.Authority),
            ["services:ledger:http:0"] = "http://127.0.0.1:9",
            ["Receipts:Timeout"] = "00:00:00.5",
            ["Shoppers:Enabled"] = "false",
        });
        builder.Configuration.AddInMemoryCollection(settings.GroupBy(setting => setting.Key).Select(same => KeyValuePair.Create(same.Key, (string?)same.Last().Value)));
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.AddServiceDefaults();
        builder.AddStorefront();
        var app = builder.Build();
        app.MapDefaultEndpoints();
        app.MapStorefrontEndpoints();
        await app.StartAsync();
        return new StorefrontHost(app, folder);
    }

    public static Task<StorefrontHost> StartAsync(string bootstrapServers, WebEventsHost webEvents, params (string Key, string Value)[] settings) =>
        StartAsync(bootstrapServers, webEvents.HttpAddress, webEvents.GrpcAddress, settings);

    /// <summary>What SIGTERM does.</summary>
    public Task StopAsync() => _app.StopAsync();

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _app.DisposeAsync();
        _folder.Dispose();
    }
}
