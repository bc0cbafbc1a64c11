using Aspire.Hosting.ApplicationModel;
using Microsoft.AspNetCore.Http;

namespace Aspire.Hosting.Launch;

/// <summary>What a project gets without asking: endpoints and environment from its launch profile or Kestrel settings, OpenTelemetry.</summary>
internal static class ProjectDefaults
{
    public static IResourceBuilder<ProjectResource> Apply(IResourceBuilder<ProjectResource> project, ProjectResourceOptions options)
    {
        var directory = project.Resource.ProjectDirectory();
        var profile = options.ExcludeLaunchProfile ? null : SelectProfile(project, options, directory);
        if (profile is not null)
            project.WithAnnotation(profile);

        OtlpEnvironment.AddTo(project);
        project.WithEnvironment("DOTNET_SYSTEM_CONSOLE_ALLOW_ANSI_COLOR_REDIRECTION", "true");
        project.WithEnvironment("LOGGING__CONSOLE__FORMATTERNAME", "simple");

        if (options.ExcludeKestrelEndpoints || !KestrelEndpoints.AddTo(project, directory, profile?.Profile))
        {
            project.WithEnvironment(SetAspNetCoreUrls);
            AddLaunchEndpoints(project, profile?.Profile);
        }

        if (profile is not null)
            project.WithEnvironment(context => SetLaunchEnvironment(context, profile));
        return project;
    }

    private static LaunchProfileAnnotation? SelectProfile(IResourceBuilder<ProjectResource> project, ProjectResourceOptions options, string directory)
    {
        var configuration = project.ApplicationBuilder.Configuration;
        var preferred = configuration["AppHost:DefaultLaunchProfileName"] ?? configuration["DOTNET_LAUNCH_PROFILE"];
        return LaunchSettings.Read(directory).Select(options.LaunchProfileName, preferred, project.Resource.Name);
    }

    private static void AddLaunchEndpoints(IResourceBuilder<ProjectResource> project, LaunchProfile? profile)
    {
        var countByScheme = new Dictionary<string, int>();
        foreach (var address in (profile?.Urls ?? []).Select(BindingAddress.Parse))
        {
            var count = countByScheme[address.Scheme] = countByScheme.GetValueOrDefault(address.Scheme) + 1;
            project.WithEndpoint(count == 1 ? address.Scheme : $"{address.Scheme}{count}", endpoint =>
            {
                endpoint.UriScheme = address.Scheme;
                endpoint.Transport = "http";
                endpoint.Port = address.Port;
                endpoint.TargetHost = address.Host;
                endpoint.FromLaunchProfile = true;
            });
        }

        if (profile?.LaunchUrl is { Length: > 0 } launchUrl)
            project.WithUrls(context => SetLaunchUrl(context, launchUrl));
    }

    private static void SetLaunchUrl(ResourceUrlsCallbackContext context, string launchUrl)
    {
        foreach (var url in context.Urls.Where(u => u.Endpoint?.EndpointAnnotation.FromLaunchProfile == true))
            url.Url = new Uri(new Uri(url.Url), launchUrl).ToString();
    }

    private static void SetLaunchEnvironment(EnvironmentCallbackContext context, LaunchProfileAnnotation profile)
    {
        context.EnvironmentVariables.TryAdd("DOTNET_LAUNCH_PROFILE", profile.Name);
        foreach (var (name, value) in profile.Profile.EnvironmentVariables)
            context.EnvironmentVariables.TryAdd(name, Environment.ExpandEnvironmentVariables(value));
    }

    private static void SetAspNetCoreUrls(EnvironmentCallbackContext context)
    {
        var urls = new ReferenceExpressionBuilder();
        foreach (var endpoint in ((IResourceWithEndpoints)context.Resource).GetEndpoints().Where(IsServedByKestrel))
        {
            if (!urls.IsEmpty)
                urls.AppendLiteral(";");
            urls.Append($"{endpoint.Scheme}://{endpoint.EndpointAnnotation.TargetHost}:{endpoint.Property(EndpointProperty.TargetPort)}");
        }

        if (!urls.IsEmpty)
            context.EnvironmentVariables.TryAdd("ASPNETCORE_URLS", urls.Build());
    }

    private static bool IsServedByKestrel(EndpointReference endpoint) =>
        endpoint.Scheme is "http" or "https" && endpoint.EndpointAnnotation.TargetPortEnvironmentVariable is null;
}
