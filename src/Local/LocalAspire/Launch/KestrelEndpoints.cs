using Aspire.Hosting.ApplicationModel;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;

namespace Aspire.Hosting.Launch;

/// <summary>Endpoints that a project declares under <c>Kestrel:Endpoints</c>; they replace those of its launch profile.</summary>
internal static class KestrelEndpoints
{
    private sealed record Declared(string Key, BindingAddress Address, bool IsHttp2);

    /// <returns>False when the project declares none.</returns>
    public static bool AddTo(IResourceBuilder<ProjectResource> project, string directory, LaunchProfile? profile)
    {
        var declared = Read(Configuration(directory, profile));
        var names = declared.ToDictionary(d => d.Key, d => declared.Count(o => o.Address.Scheme == d.Address.Scheme) == 1 ? d.Address.Scheme : d.Key);
        foreach (var endpoint in declared)
            project.WithEndpoint(names[endpoint.Key], annotation => Configure(annotation, endpoint));

        if (declared.Count > 0)
            project.WithEnvironment(context => SetUrls(context, project.Resource, names));
        return declared.Count > 0;
    }

    private static void Configure(EndpointAnnotation annotation, Declared declared)
    {
        annotation.UriScheme = declared.Address.Scheme;
        annotation.Transport = declared.IsHttp2 ? "http2" : "http";
        annotation.Port = declared.Address.Port;
        annotation.TargetHost = declared.Address.Host is "*" or "+" or "[::]" or "0.0.0.0" ? "localhost" : declared.Address.Host;
    }

    private static void SetUrls(EnvironmentCallbackContext context, ProjectResource project, Dictionary<string, string> names)
    {
        foreach (var (key, name) in names)
        {
            var endpoint = project.GetEndpoint(name);
            context.EnvironmentVariables[$"Kestrel__Endpoints__{key}__Url"] = ReferenceExpression.Create(
                $"{endpoint.Scheme}://{endpoint.EndpointAnnotation.TargetHost}:{endpoint.Property(EndpointProperty.TargetPort)}");
        }
    }

    private static List<Declared> Read(IConfigurationRoot configuration)
    {
        var allHttp2 = configuration["Kestrel:EndpointDefaults:Protocols"] == "Http2";
        return [.. configuration.GetSection("Kestrel:Endpoints").GetChildren()
            .Where(section => section["Url"] is not null)
            .Select(section => new Declared(
                section.Key, BindingAddress.Parse(section["Url"]!), section["Protocols"] is { } protocols ? protocols == "Http2" : allHttp2))];
    }

    private static IConfigurationRoot Configuration(string directory, LaunchProfile? profile)
    {
        var environment = profile?.EnvironmentVariables.GetValueOrDefault("ASPNETCORE_ENVIRONMENT")
            ?? profile?.EnvironmentVariables.GetValueOrDefault("DOTNET_ENVIRONMENT") ?? "Production";
        return new ConfigurationBuilder()
            .SetBasePath(directory)
            .AddJsonFile("appsettings.json", optional: true)
            .AddJsonFile($"appsettings.{environment}.json", optional: true)
            .Build();
    }
}
