using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>Executes the commands of resources.</summary>
public class ResourceCommandService
{
    private const string LegacyPrefix = "resource-";
    private readonly DistributedApplicationModel _model;
    private readonly IServiceProvider _services;
    private readonly ResourceLoggerService _loggers;

    internal ResourceCommandService(DistributedApplicationModel model, ResourceLoggerService loggers, IServiceProvider services)
    {
        _model = model;
        _loggers = loggers;
        _services = services;
    }

    /// <summary>Executes a command on one instance, by its id, or on all instances of the resource of that name.</summary>
    /// <returns>The outcome; a handler's exception is a failure with its message.</returns>
    public Task<ExecuteCommandResult> ExecuteCommandAsync(string resourceId, string commandName, CancellationToken cancellationToken = default)
    {
        if (_model.Resources.TryGetByName(resourceId, out var named))
            return ExecuteCommandAsync(named, commandName, cancellationToken);

        var resource = _model.Resources.FirstOrDefault(r => r.InstanceIds().Contains(resourceId, StringComparer.OrdinalIgnoreCase));
        return resource is null
            ? Task.FromResult(CommandResults.Failure($"Resource '{resourceId}' not found."))
            : ExecuteAsync(resource, resourceId, commandName, cancellationToken);
    }

    /// <summary>Executes a command on all instances of a resource; the outcome is the first failure, if any.</summary>
    public async Task<ExecuteCommandResult> ExecuteCommandAsync(IResource resource, string commandName, CancellationToken cancellationToken = default)
    {
        var results = await Task.WhenAll(resource.InstanceIds().Select(id => ExecuteAsync(resource, id, commandName, cancellationToken)));
        return results.FirstOrDefault(result => !result.Success) ?? results[0];
    }

    private async Task<ExecuteCommandResult> ExecuteAsync(IResource resource, string id, string name, CancellationToken stop)
    {
        var command = Find(resource, name);
        if (command is null)
            return CommandResults.Failure($"Resource '{resource.Name}' has no command '{name}'.");

        var logger = _loggers.GetLogger(id);
        var context = new ExecuteCommandContext { ResourceName = id, Services = _services, Logger = logger, CancellationToken = stop };
        try
        {
            return await command.Execute(context);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return CommandResults.Canceled();
        }
        catch (Exception e)
        {
            CommandLog.Failed(logger, name, e);
            return CommandResults.Failure($"Command '{name}' failed: {e.Message}");
        }
    }

    private static ResourceCommandAnnotation? Find(IResource resource, string name)
    {
        var commands = resource.Annotations.OfType<ResourceCommandAnnotation>();
        return commands.FirstOrDefault(c => c.Name == name)
            ?? (name.StartsWith(LegacyPrefix, StringComparison.Ordinal) ? commands.FirstOrDefault(c => c.Name == name[LegacyPrefix.Length..]) : null);
    }
}

internal static partial class CommandLog
{
    [LoggerMessage(9001, LogLevel.Error, "Command '{Command}' failed.")]
    public static partial void Failed(ILogger logger, string command, Exception exception);
}
