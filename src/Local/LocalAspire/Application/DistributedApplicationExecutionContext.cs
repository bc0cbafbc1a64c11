namespace Aspire.Hosting;

/// <summary>What the AppHost was started for.</summary>
public enum DistributedApplicationOperation
{
    /// <summary>To run the application on this machine.</summary>
    Run,

    /// <summary>To publish it. This subset refuses.</summary>
    Publish,
}

/// <summary>How the application runs.</summary>
public class DistributedApplicationExecutionContext(DistributedApplicationOperation operation)
{
    private IServiceProvider? _services;

    /// <summary>What the AppHost was started for.</summary>
    public DistributedApplicationOperation Operation { get; } = operation;

    /// <summary>Whether the application runs on this machine.</summary>
    public bool IsRunMode => Operation == DistributedApplicationOperation.Run;

    /// <summary>Whether it is being published.</summary>
    public bool IsPublishMode => Operation == DistributedApplicationOperation.Publish;

    /// <summary>The AppHost's services.</summary>
    /// <exception cref="InvalidOperationException">The application is not built yet.</exception>
    public IServiceProvider Services
    {
        get => _services ?? throw new InvalidOperationException("The services exist after Build.");
        internal set => _services = value;
    }
}
