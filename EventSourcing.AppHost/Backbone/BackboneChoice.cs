using Microsoft.Extensions.Configuration;

namespace EventSourcing.AppHost.Backbone;

/// <summary>Chooses where a server runs, in the order external, container, process, embedded. What is published asks nothing of this machine: without a connection string it is a container.</summary>
internal static class BackboneChoice
{
    private const string ForcedKey = "Backbone";

    public static BackboneKind For(IDistributedApplicationBuilder builder, string connectionName, Func<bool> processFound)
    {
        if (Forced(builder.Configuration[ForcedKey]) is { } forced)
            return forced;
        if (builder.Configuration.GetConnectionString(connectionName) is not null)
            return BackboneKind.External;
        if (builder.ExecutionContext.IsPublishMode || ContainerEngine.IsUsable)
            return BackboneKind.Container;
        return processFound() ? BackboneKind.Process : BackboneKind.Embedded;
    }

    private static BackboneKind? Forced(string? value)
    {
        if (string.IsNullOrWhiteSpace(value))
            return null;
        return Enum.TryParse<BackboneKind>(value, ignoreCase: true, out var kind) && Enum.IsDefined(kind)
            ? kind
            : throw new DistributedApplicationException(
                $"{ForcedKey}={value} is none of {string.Join(", ", Enum.GetNames<BackboneKind>()).ToLowerInvariant()}.");
    }
}
