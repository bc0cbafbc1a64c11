using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using EventSourcing.TestKit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace EventSourcing.MobileBff.Tests.Support;

/// <summary>The service as its Program.cs composes it, in this process, on a real socket of its own.</summary>
internal sealed class BffHost : IAsyncDisposable
{
    private readonly WebApplication _app;

    private BffHost(WebApplication app)
    {
        _app = app;
        Address = new Uri(app.Urls.Single());
        Http = new HttpClient { BaseAddress = Address, Timeout = TimeSpan.FromMinutes(2) };
    }

    public Uri Address { get; }

    public HttpClient Http { get; }

    public IServiceProvider Services => _app.Services;

    public static async Task<BffHost> StartAsync(string bootstrapServers, string folder, params (string Key, string? Value)[] settings)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = "Testing", ContentRootPath = folder });
        builder.Configuration.AddJsonFile(Repository.PathOf("src/Producers/MobileBff/appsettings.json"));
        builder.Configuration.AddInMemoryCollection(Settings(bootstrapServers, folder));
        builder.Configuration.AddInMemoryCollection(settings.ToDictionary(own => own.Key, own => own.Value));
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.AddServiceDefaults();
        builder.AddMobileBff();
        var app = builder.Build();
        app.MapDefaultEndpoints();
        app.MapMobileBffEndpoints();
        await app.StartAsync();
        return new BffHost(app);
    }

    /// <summary>What a BFF of the tests is told, in process or as a process of its own.</summary>
    public static Dictionary<string, string?> Settings(string bootstrapServers, string folder) => new()
    {
        ["ConnectionStrings:kafka"] = bootstrapServers,
        ["Backbone:SpoolDirectory"] = Path.Combine(folder, "spool"),
        ["Window:Directory"] = Path.Combine(folder, "window"),
        [$"DeviceTokens:Keys:{Tokens.KeyId}"] = Tokens.Key,
    };

    public Task<HttpResponseMessage> PostAsync(string installation, string body, CancellationToken stop, params (string Name, string Value)[] headers) =>
        SendAsync(Tokens.For(installation), "/events", body, "application/cloudevents-batch+json", stop, headers);

    public Task<HttpResponseMessage> SendAsync(
        string? token, string path, string body, string contentType, CancellationToken stop, params (string Name, string Value)[] headers)
    {
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(contentType);
        var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = content };
        if (token is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        return Http.SendAsync(request, stop);
    }

    /// <summary>Posts a batch that is to be answered with verdicts.</summary>
    public async Task<JsonArray> VerdictsAsync(string installation, string body, CancellationToken stop, params (string Name, string Value)[] headers)
    {
        using var response = await PostAsync(installation, body, stop, headers);
        Assert.Equal(System.Net.HttpStatusCode.OK, response.StatusCode);
        return (await response.Content.ReadFromJsonAsync<JsonArray>(stop))!;
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
    }
}
