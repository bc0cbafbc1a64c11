using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using EventSourcing.TestKit;

namespace LocalAspire.Tests.Model;

/// <summary>Endpoints that a project brings along: from its launch profile, or from its Kestrel settings.</summary>
public sealed class ProjectEndpointTests : IDisposable
{
    private static readonly AsyncLocal<string> ProjectFolder = new();
    private readonly TempFolder _folder = new();
    private readonly IDistributedApplicationBuilder _builder = DistributedApplication.CreateBuilder();

    public ProjectEndpointTests()
    {
        ProjectFolder.Value = _folder.Path;
        File.WriteAllText(_folder.File("Properties/launchSettings.json"), """
            {
              // comments are allowed
              "profiles": {
                "IIS Express": { "commandName": "IISExpress", "applicationUrl": "http://localhost:1" },
                "first": { "commandName": "Project", "applicationUrl": "http://localhost:5001;http://localhost:5002" },
                "second": { "commandName": "Project", "applicationUrl": "http://localhost:6001" },
              }
            }
            """);
    }

    [Fact]
    public void LaunchProfile_Unnamed_IsTheFirstThatStartsTheProject() =>
        Assert.Equal(["http2:5002", "http:5001"], EndpointsOf(_builder.AddProject<TheProject>("project")));

    [Fact]
    public void LaunchProfile_Named_IsTaken() =>
        Assert.Equal(["http:6001"], EndpointsOf(_builder.AddProject<TheProject>("project", "second")));

    [Fact]
    public void LaunchProfile_Unknown_IsRefused() =>
        Assert.Throws<DistributedApplicationException>(() => _builder.AddProject<TheProject>("project", "third"));

    [Fact]
    public void LaunchProfile_Excluded_BringsNothing() =>
        Assert.Empty(EndpointsOf(_builder.AddProject<TheProject>("project", options => options.ExcludeLaunchProfile = true)));

    [Fact]
    public void KestrelEndpoints_ReplaceThoseOfTheProfile()
    {
        File.WriteAllText(_folder.File("appsettings.json"), """
            { "Kestrel": { "Endpoints": {
                "http": { "Url": "http://localhost:7001" }, "grpc": { "Url": "http://*:7002", "Protocols": "Http2" } } } }
            """);

        var project = _builder.AddProject<TheProject>("project");

        Assert.Equal(["grpc:7002", "http:7001"], EndpointsOf(project));
        var grpc = project.Resource.Annotations.OfType<EndpointAnnotation>().Single(e => e.Name == "grpc");
        Assert.Equal(("http2", "localhost"), (grpc.Transport, grpc.TargetHost));
    }

    public void Dispose() => _folder.Dispose();

    private static IEnumerable<string> EndpointsOf(IResourceBuilder<ProjectResource> project) =>
        project.Resource.Annotations.OfType<EndpointAnnotation>().Select(e => $"{e.Name}:{e.Port}").Order(StringComparer.Ordinal);

    private sealed class TheProject : IProjectMetadata
    {
        public string ProjectPath { get; } = Path.Combine(ProjectFolder.Value!, "Project.csproj");
    }
}
