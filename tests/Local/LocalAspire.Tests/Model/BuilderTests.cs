using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;

namespace LocalAspire.Tests.Model;

public sealed class BuilderTests
{
    private readonly IDistributedApplicationBuilder _builder = DistributedApplication.CreateBuilder(new DistributedApplicationOptions
    {
        Args = ["--DcpPublisher:CliPath=/bin/sh"],
        DisableDashboard = true,
    });

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Container_IsRefusedAtStart()
    {
        _builder.AddKafka("kafka").WithKafkaUI();
        await using var app = _builder.Build();

        var error = await Assert.ThrowsAsync<DistributedApplicationException>(() => app.StartAsync(Stop));

        Assert.StartsWith("'kafka', 'kafka-ui' needs a container engine", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void HealthCheck_ThatIsNotRegistered_IsNamedAtBuild()
    {
        _builder.AddExecutable("shell", "sh", ".").WithHealthCheck("moon");

        Assert.Contains("'shell' names 'moon'", Assert.Throws<DistributedApplicationException>(() => _builder.Build()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void HttpHealthCheck_WithoutAnEndpoint_IsRefused() =>
        Assert.Throws<DistributedApplicationException>(() => _builder.AddExecutable("shell", "sh", ".").WithHttpHealthCheck("/health"));

    [Fact]
    public void WaitFor_Itself_IsRefused()
    {
        var shell = _builder.AddExecutable("shell", "sh", ".");

        Assert.Throws<DistributedApplicationException>(() => shell.WaitFor(shell));
    }

    [Fact]
    public void Publish_IsRefused() => Assert.Contains("publishes none",
        Assert.Throws<DistributedApplicationException>(() => DistributedApplication.CreateBuilder(["--publisher", "manifest"])).Message, StringComparison.Ordinal);

    [Fact]
    public void Endpoint_OfTheSameName_IsChanged()
    {
        var shell = _builder.AddExecutable("shell", "sh", ".").WithHttpEndpoint(port: 1000).WithHttpEndpoint(targetPort: 2000);

        var endpoint = Assert.Single(shell.Resource.Annotations.OfType<EndpointAnnotation>());
        Assert.Equal((1000, 2000), (endpoint.Port, endpoint.TargetPort));
    }

    [Fact]
    public void Endpoint_WithoutProxy_HasOnePort()
    {
        var shell = _builder.AddExecutable("shell", "sh", ".").WithEndpoint(port: 1883, scheme: "mqtt", name: "mqtt", isProxied: false);

        Assert.Equal(1883, Assert.Single(shell.Resource.Annotations.OfType<EndpointAnnotation>()).TargetPort);
    }

    [Fact]
    public void Endpoint_ThatIsNotDeclared_IsNamedOnUse()
    {
        var endpoint = _builder.AddExecutable("shell", "sh", ".").GetEndpoint("http");

        Assert.False(endpoint.Exists);
        Assert.Contains("`http` is not defined for the resource `shell`", Assert.Throws<InvalidOperationException>(() => endpoint.Url).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Parameter_WithoutAValue_NamesItsKey()
    {
        var parameter = _builder.AddParameter("api-key").Resource;

        var error = await Assert.ThrowsAsync<MissingParameterValueException>(() => parameter.GetValueAsync(Stop).AsTask());

        Assert.Contains("'Parameters:api-key' (environment variable Parameters__api_key)", error.Message, StringComparison.Ordinal);
    }
}
