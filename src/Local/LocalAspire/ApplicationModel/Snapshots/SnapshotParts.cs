using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>A state and how it is shown.</summary>
/// <param name="Text">The state; see <see cref="KnownResourceStates"/>.</param>
/// <param name="Style">One of <c>success</c>, <c>error</c>, <c>info</c>, <c>warning</c>; null lets the dashboard choose.</param>
public sealed record ResourceStateSnapshot(string Text, string? Style)
{
    /// <summary>A state without a style.</summary>
    public static implicit operator ResourceStateSnapshot?(string? text) => text is null ? null : FromString(text);

    /// <summary>A state without a style.</summary>
    public static ResourceStateSnapshot FromString(string text) => new(text, null);
}

/// <summary>A property in the dashboard's details.</summary>
public sealed record ResourcePropertySnapshot(string Name, object? Value)
{
    /// <summary>Whether the value is hidden at first.</summary>
    public bool IsSensitive { get; init; }
}

/// <summary>The last result of a health check.</summary>
/// <param name="Name">Key of the check.</param>
/// <param name="Status">Its result; null when it has not run yet.</param>
/// <param name="Description">What it said.</param>
/// <param name="ExceptionText">What it threw.</param>
public sealed record HealthReportSnapshot(string Name, HealthStatus? Status, string? Description, string? ExceptionText)
{
    /// <summary>When it ran.</summary>
    public DateTime? LastRunAt { get; init; }
}

/// <summary>An environment variable of a process.</summary>
public sealed record EnvironmentVariableSnapshot(string Name, string? Value, bool IsFromSpec);

/// <summary>A link of a resource.</summary>
public sealed record UrlSnapshot(string? Name, string Url, bool IsInternal)
{
    /// <summary>Whether the endpoint is not listening now.</summary>
    public bool IsInactive { get; init; }

    /// <summary>How the link is shown.</summary>
    public UrlDisplayPropertiesSnapshot DisplayProperties { get; init; } = new();
}

/// <summary>How a link is shown.</summary>
public sealed record UrlDisplayPropertiesSnapshot(string DisplayName = "", int SortOrder = 0);

/// <summary>An arrow in the resource graph.</summary>
public sealed record RelationshipSnapshot(string ResourceName, string Type);

/// <summary>A command of a resource.</summary>
public sealed record ResourceCommandSnapshot(
    string Name, ResourceCommandState State, string DisplayName, string? DisplayDescription,
    string? ConfirmationMessage, string? IconName, IconVariant? IconVariant, bool IsHighlighted);
