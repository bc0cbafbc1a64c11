using System.Reflection;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting.Testing;

/// <summary>What a test changes about an AppHost before it begins: no dashboard, random ports, its launch profile as configuration.</summary>
internal static class TestSettings
{
    private static readonly string[] StrippedPrefixes = ["DOTNET_", "ASPNETCORE_"];

    private static readonly Dictionary<string, string?> Defaults = new()
    {
        ["DcpPublisher:RandomizePorts"] = "true",
        ["ASPNETCORE_URLS"] = "http://localhost:8080",
        ["ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL"] = "http://localhost:4317",
        ["ASPIRE_ALLOW_UNSECURED_TRANSPORT"] = "true",
    };

    public static void Apply(DistributedApplicationOptions options, HostApplicationBuilderSettings settings, Assembly appHost, string[] args,
        Action<DistributedApplicationOptions, HostApplicationBuilderSettings> configure)
    {
        var directory = HostSettings.Metadata(appHost, "apphostprojectpath")
            ?? throw new InvalidOperationException($"Assembly '{appHost.GetName().Name}' is no AppHost: it has no metadata 'apphostprojectpath'.");
        options.AssemblyName = settings.ApplicationName = appHost.GetName().Name;
        options.ProjectDirectory = settings.ContentRootPath = directory;
        options.Args = settings.Args = args;
        options.DisableDashboard = true;
        options.EnableResourceLogging = true;

        var given = new ConfigurationBuilder().AddCommandLine(args).Build();
        settings.Configuration ??= new ConfigurationManager();
        Add(settings.Configuration, given, Defaults);
        configure(options, settings);
        Add(settings.Configuration, given, ProfileVariables(directory));
    }

    private static IEnumerable<KeyValuePair<string, string?>> ProfileVariables(string directory)
    {
        var preferred = Environment.GetEnvironmentVariable("DOTNET_LAUNCH_PROFILE");
        var profile = LaunchSettings.Read(directory).Select(null, preferred, directory);
        foreach (var (name, value) in profile?.Profile.EnvironmentVariables ?? [])
        {
            yield return new(name, value);
            foreach (var prefix in StrippedPrefixes.Where(prefix => name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)))
                yield return new(name[prefix.Length..], value);
        }
    }

    private static void Add(ConfigurationManager configuration, IConfigurationRoot given, IEnumerable<KeyValuePair<string, string?>> values)
    {
        var missing = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        foreach (var (key, value) in values.Where(v => given[v.Key] is null && configuration[v.Key] is null))
            missing.TryAdd(key, value);
        configuration.AddInMemoryCollection(missing);
    }
}
