namespace Aspire.Hosting.ApplicationModel;

internal sealed record ResourceCommandAnnotation(
    string Name, string DisplayName, Func<ExecuteCommandContext, Task<ExecuteCommandResult>> Execute, CommandOptions Options) : IResourceAnnotation
{
    public ResourceCommandSnapshot ToSnapshot(CustomResourceSnapshot resource, IServiceProvider services) =>
        new(Name, State(resource, services), DisplayName, Options.Description,
            Options.ConfirmationMessage, Options.IconName, Options.IconVariant, Options.IsHighlighted);

    private ResourceCommandState State(CustomResourceSnapshot resource, IServiceProvider services) =>
        Options.UpdateState?.Invoke(new UpdateCommandStateContext { ResourceSnapshot = resource, Services = services })
        ?? ResourceCommandState.Enabled;
}
