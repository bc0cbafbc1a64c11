using System.Net.Http.Json;
using Aspire.Hosting.Testing;

namespace LocalAspire.Tests.Running;

/// <summary>What a process is started with.</summary>
[Collection(nameof(SampleCollection))]
public sealed class EnvironmentTests(SampleApplication sample)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("ConnectionStrings__store", "Host=localhost;Greeting=hello {{world}}")]
    [InlineData("GREETING", "hello {{world}}")]
    [InlineData("FROM_PROFILE", "profile")]
    [InlineData("ASPNETCORE_ENVIRONMENT", "Development")]
    [InlineData("DOTNET_LAUNCH_PROFILE", "http")]
    [InlineData("OTEL_SERVICE_NAME", "api")]
    [InlineData("OTEL_EXPORTER_OTLP_PROTOCOL", "grpc")]
    [InlineData("OTEL_BSP_SCHEDULE_DELAY", "1000")]
    public async Task Project_WithReferencesAndProfile_GetsVariable(string name, string expected) =>
        Assert.Equal(expected, await GetAsync("api", $"/env/{name}"));

    [Theory]
    [InlineData("services__api__http__0")]
    [InlineData("API_HTTP")]
    public async Task Project_ReferencingAnother_GetsItsUrl(string name) =>
        Assert.Equal(Address("api"), await GetAsync("worker", $"/env/{name}"));

    [Fact]
    public async Task Project_WithEndpointProperty_GetsThePublicPort() =>
        Assert.Equal($"{sample.App.GetEndpoint("api").Port}", await GetAsync("worker", "/env/API_PORT"));

    [Fact]
    public async Task Project_WithoutProfile_GetsNothingOfOne()
    {
        Assert.Equal("(none)", await GetAsync("worker", "/env/FROM_PROFILE"));
        Assert.Equal("(none)", await GetAsync("worker", "/env/ASPNETCORE_ENVIRONMENT"));
    }

    [Fact]
    public async Task Project_BehindTheProxy_ListensOnAnotherPort()
    {
        var listens = await GetAsync("api", "/env/ASPNETCORE_URLS");

        Assert.StartsWith("http://localhost:", listens, StringComparison.Ordinal);
        Assert.NotEqual(Address("api"), listens);
        Assert.InRange(new Uri(listens).Port, 10_000, 31_999);  // none that the system gives to other sockets
    }

    [Fact]
    public async Task Project_WithArgs_GetsThem()
    {
        using var client = sample.App.CreateHttpClient("worker");

        Assert.Equal(["--listen", Address("api")], await client.GetFromJsonAsync<string[]>("/args", Stop) ?? []);
    }

    [Fact]
    public async Task ConnectionString_OfAnExpression_IsResolved() =>
        Assert.Equal("Host=localhost;Greeting=hello {{world}}", await sample.App.GetConnectionStringAsync("store", Stop));

    private string Address(string name) => sample.App.GetEndpoint(name).ToString().TrimEnd('/');

    private async Task<string> GetAsync(string resource, string path)
    {
        using var client = sample.App.CreateHttpClient(resource);
        return await client.GetStringAsync(path, Stop);
    }
}
