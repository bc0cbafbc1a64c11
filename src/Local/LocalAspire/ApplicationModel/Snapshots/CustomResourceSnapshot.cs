using System.Collections.Immutable;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>The state of a resource instance at one moment.</summary>
public sealed record CustomResourceSnapshot
{
    /// <summary>Kind of resource, as the dashboard shows it: <c>Project</c>, <c>Executable</c>, or any text.</summary>
    public required string ResourceType { get; init; }

    /// <summary>What the dashboard's details show.</summary>
    public required ImmutableArray<ResourcePropertySnapshot> Properties { get; init; }

    /// <summary>When the instance was created.</summary>
    public DateTime? CreationTimeStamp { get; init; }

    /// <summary>When its process started.</summary>
    public DateTime? StartTimeStamp { get; init; }

    /// <summary>When its process ended.</summary>
    public DateTime? StopTimeStamp { get; init; }

    /// <summary>The state; see <see cref="KnownResourceStates"/>.</summary>
    public ResourceStateSnapshot? State { get; init; }

    /// <summary>Exit code of the process; null while it runs.</summary>
    public int? ExitCode { get; init; }

    /// <summary>
    /// Null unless the state is Running; Healthy without health checks; else the worst report, where a check that has
    /// not run yet counts as Unhealthy.
    /// </summary>
    public HealthStatus? HealthStatus => State?.Text != KnownResourceStates.Running ? null
        : HealthReports.IsDefaultOrEmpty ? Microsoft.Extensions.Diagnostics.HealthChecks.HealthStatus.Healthy
        : HealthReports.Min(report => report.Status ?? Microsoft.Extensions.Diagnostics.HealthChecks.HealthStatus.Unhealthy);

    /// <summary>The health checks of the resource.</summary>
    public ImmutableArray<HealthReportSnapshot> HealthReports { get; internal init; } = [];

    /// <summary>The environment of the process.</summary>
    public ImmutableArray<EnvironmentVariableSnapshot> EnvironmentVariables { get; init; } = [];

    /// <summary>Links.</summary>
    public ImmutableArray<UrlSnapshot> Urls { get; init; } = [];

    /// <summary>Commands.</summary>
    public ImmutableArray<ResourceCommandSnapshot> Commands { get; init; } = [];

    /// <summary>Arrows in the resource graph.</summary>
    public ImmutableArray<RelationshipSnapshot> Relationships { get; init; } = [];

    /// <summary>Whether the dashboard hides the resource.</summary>
    public bool IsHidden { get; init; }

    /// <summary>Fluent UI icon; null for the default of the type.</summary>
    public string? IconName { get; init; }

    /// <summary>Variant of the icon.</summary>
    public IconVariant? IconVariant { get; init; }

    /// <summary>Whether the handlers of <see cref="ResourceReadyEvent"/> have completed in this run of the resource.</summary>
    internal Task? ResourceReady { get; init; }
}
