using Microsoft.Extensions.Configuration;

namespace EventSourcing.AppHost.Backbone;

/// <summary>Chooses where a server runs, in the order external, container, process, embedded.</summary>
internal static class BackboneChoice
{
    private const string ForcedKey = "Backbone";

    public static BackboneKind For(IConfiguration configuration, string connectionName, Func<bool> processFound)
    {
        if (Forced(configuration) is { } forced)
            return forced;
        if (configuration.GetConnectionString(connectionName) is not null)
            return BackboneKind.External;
        if (ContainerEngine.IsUsable)
            return BackboneKind.Container;
        return processFound() ? BackboneKind.Process : BackboneKind.Embedded;
    }

    private static BackboneKind? Forced(IConfiguration configuration)
    {
        var value = configuration[ForcedKey];
        if (string.IsNullOrWhiteSpace(value))
            return null;
        return Enum.TryParse<BackboneKind>(value, ignoreCase: true, out var kind) && Enum.IsDefined(kind)
            ? kind
            : throw new DistributedApplicationException(
                $"{ForcedKey}={value} is none of {string.Join(", ", Enum.GetNames<BackboneKind>()).ToLowerInvariant()}.");
    }
}
