using System.Net;
using Aspire.Hosting.Dashboard;
using Aspire.Hosting.Dashboard.Proto;
using Aspire.Hosting.Testing;
using EventSourcing.TestKit;
using Grpc.Core;
using Grpc.Net.Client;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace LocalAspire.Tests.Running;

/// <summary>Aspire's dashboard and what it is told.</summary>
[Collection(nameof(SampleCollection))]
public sealed class DashboardTests(SampleApplication sample)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task TelemetryApi_WithTheKey_ListsTheTracesOfAProject()
    {
        using var api = sample.App.CreateHttpClient("api");
        using var dashboard = sample.App.CreateHttpClient("aspire-dashboard", "http");
        dashboard.DefaultRequestHeaders.Add("x-api-key", Key("AppHost:DashboardApiKey"));
        await api.GetStringAsync("/whoami", Stop);

        await Eventually.TrueAsync(
            async stop => (await dashboard.GetStringAsync("/api/telemetry/spans", stop)).Contains("whoami", StringComparison.Ordinal),
            "the dashboard has the span of the request", stop: Stop);
    }

    [Fact]
    public async Task TelemetryApi_WithoutTheKey_IsClosed()
    {
        using var dashboard = sample.App.CreateHttpClient("aspire-dashboard", "http");

        using var response = await dashboard.GetAsync("/api/telemetry/spans", Stop);

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
    }

    [Fact]
    public async Task ResourceService_WithoutTheKey_IsClosed()
    {
        using var channel = GrpcChannel.ForAddress(Address);

        var error = await Assert.ThrowsAsync<RpcException>(
            () => new DashboardService.DashboardServiceClient(channel).GetApplicationInformationAsync(new(), cancellationToken: Stop).ResponseAsync);

        Assert.Equal(StatusCode.Unauthenticated, error.StatusCode);
    }

    [Fact]
    public async Task ResourceService_TellsTheGraph()
    {
        using var channel = GrpcChannel.ForAddress(Address);
        using var watch = Client(channel).WatchResources(new WatchResourcesRequest(), Headers, cancellationToken: Stop);
        Assert.True(await watch.ResponseStream.MoveNext(Stop));

        var resources = watch.ResponseStream.Current.InitialData.Resources;

        Assert.Equal(2, resources.Count(r => r.DisplayName == "worker"));
        Assert.True(resources.Single(r => r.DisplayName == "aspire-dashboard").IsHidden);
        var worker = resources.First(r => r.DisplayName == "worker");
        Assert.Equal("Project", worker.ResourceType);
        Assert.Contains(worker.Relationships, r => r is { ResourceName: "api", Type: "Reference" });
        Assert.Contains(worker.Relationships, r => r is { ResourceName: "api", Type: "WaitFor" });
        var api = resources.Single(r => r.DisplayName == "api");
        Assert.Contains(api.Relationships, r => r is { ResourceName: "store", Type: "Reference" });
        Assert.Contains(api.Urls, u => u.DisplayProperties.DisplayName == "Sample" && u.FullUrl.EndsWith("/whoami", StringComparison.Ordinal));
        Assert.Contains(api.HealthReports, h => h.Key == "api_http_/health_200_check");
    }

    [Fact]
    public async Task ResourceService_TellsTheConsoleLog()
    {
        using var channel = GrpcChannel.ForAddress(Address);
        var id = sample.App.ResourceNotifications.TryGetCurrentState("shell", out var state) ? state.ResourceId : "";
        using var log = Client(channel).WatchResourceConsoleLogs(new WatchResourceConsoleLogsRequest { ResourceName = id }, Headers, cancellationToken: Stop);

        await foreach (var update in log.ResponseStream.ReadAllAsync(Stop))
        {
            if (update.LogLines.Any(line => line.Text.EndsWith("ready", StringComparison.Ordinal)))
                return;
        }

        Assert.Fail("The log ended.");
    }

    [Fact]
    public async Task ResourceService_ExecutesACommand()
    {
        using var channel = GrpcChannel.ForAddress(Address);
        var request = new ResourceCommandRequest { ResourceName = "api", ResourceType = "Project", CommandName = "shout" };

        var response = await Client(channel).ExecuteResourceCommandAsync(request, Headers, cancellationToken: Stop);

        Assert.Equal(ResourceCommandResponseKind.Succeeded, response.Kind);
    }

    private Uri Address => sample.App.Services.GetRequiredService<ResourceServiceHost>().Address;

    private Metadata Headers => new() { { "x-resource-service-api-key", Key("AppHost:ResourceService:ApiKey") } };

    private static DashboardService.DashboardServiceClient Client(GrpcChannel channel) => new(channel);

    private string Key(string name) => sample.App.Services.GetRequiredService<IConfiguration>()[name]!;
}
