using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>Whether a command can be executed now.</summary>
public enum ResourceCommandState
{
    /// <summary>It can.</summary>
    Enabled,

    /// <summary>It is shown and cannot.</summary>
    Disabled,

    /// <summary>It is not shown.</summary>
    Hidden,
}

/// <summary>Variants of a Fluent UI icon.</summary>
public enum IconVariant
{
    /// <summary>Outlined.</summary>
    Regular,

    /// <summary>Filled.</summary>
    Filled,
}

/// <summary>How a command is shown and when it is enabled.</summary>
public class CommandOptions
{
    /// <summary>Tooltip.</summary>
    public string? Description { get; set; }

    /// <summary>Question that must be confirmed first; null for none.</summary>
    public string? ConfirmationMessage { get; set; }

    /// <summary>Fluent UI icon.</summary>
    public string? IconName { get; set; }

    /// <summary>Variant of the icon.</summary>
    public IconVariant? IconVariant { get; set; }

    /// <summary>Whether it is shown in the list of resources, not only in the menu.</summary>
    public bool IsHighlighted { get; set; }

    /// <summary>Decides the state from the resource's state; default: always enabled.</summary>
    public Func<UpdateCommandStateContext, ResourceCommandState>? UpdateState { get; set; }
}

/// <summary>How an HTTP command is sent.</summary>
public class HttpCommandOptions : CommandOptions
{
    /// <summary>Method; default POST.</summary>
    public HttpMethod? Method { get; set; }
}

/// <summary>Passed to <see cref="CommandOptions.UpdateState"/>.</summary>
public sealed class UpdateCommandStateContext
{
    /// <summary>The state of the resource instance.</summary>
    public required CustomResourceSnapshot ResourceSnapshot { get; init; }

    /// <summary>The AppHost's services.</summary>
    public required IServiceProvider Services { get; init; }
}

/// <summary>Passed to the handler of a command.</summary>
public sealed class ExecuteCommandContext
{
    /// <summary>The AppHost's services.</summary>
    public required IServiceProvider Services { get; init; }

    /// <summary>The resource instance.</summary>
    public required string ResourceName { get; init; }

    /// <summary>Cancelled when the caller goes away.</summary>
    public required CancellationToken CancellationToken { get; init; }

    /// <summary>Logger of the resource.</summary>
    public required ILogger Logger { get; init; }
}

/// <summary>The outcome of a command.</summary>
public sealed class ExecuteCommandResult
{
    /// <summary>Whether it did what it should.</summary>
    public required bool Success { get; init; }

    /// <summary>Whether it was given up on request.</summary>
    public bool Canceled { get; init; }

    /// <summary>What to tell the person.</summary>
    public string? Message { get; init; }
}

/// <summary>Makes outcomes of commands.</summary>
public static class CommandResults
{
    /// <summary>Success without words.</summary>
    public static ExecuteCommandResult Success() => new() { Success = true };

    /// <summary>Success with a message.</summary>
    public static ExecuteCommandResult Success(string message) => new() { Success = true, Message = message };

    /// <summary>Failure with a message.</summary>
    public static ExecuteCommandResult Failure(string? errorMessage = null) => new() { Success = false, Message = errorMessage };

    /// <summary>Failure with an exception's message.</summary>
    public static ExecuteCommandResult Failure(Exception exception) => Failure(exception.Message);

    /// <summary>Given up on request.</summary>
    public static ExecuteCommandResult Canceled() => new() { Success = false, Canceled = true };
}
