using System.Reflection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting;

/// <summary>The configuration of the AppHost itself.</summary>
internal static class HostSettings
{
    public static HostApplicationBuilderSettings Create(DistributedApplicationOptions options)
    {
        var configuration = new ConfigurationManager();
        configuration.AddEnvironmentVariables("ASPIRE_");
        return new HostApplicationBuilderSettings { Args = options.Args, Configuration = configuration };
    }

    public static string? Metadata(Assembly? assembly, string key) => assembly?.GetCustomAttributes<AssemblyMetadataAttribute>()
        .FirstOrDefault(a => string.Equals(a.Key, key, StringComparison.OrdinalIgnoreCase))?.Value;

    public static DistributedApplicationOperation Operation(IConfiguration configuration)
    {
        var publish = string.Equals(configuration["AppHost:Operation"] ?? configuration["operation"], "publish", StringComparison.OrdinalIgnoreCase)
            || configuration["Publishing:Publisher"] is not null
            || configuration["publisher"] is not null;
        return publish
            ? throw new DistributedApplicationException("LocalAspire runs applications and publishes none. Publish with the Aspire packages: AspireSource=packages.")
            : DistributedApplicationOperation.Run;
    }
}
