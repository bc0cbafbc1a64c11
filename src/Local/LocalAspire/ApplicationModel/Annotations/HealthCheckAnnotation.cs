namespace Aspire.Hosting.ApplicationModel;

/// <summary>A health check of the application that tells about this resource.</summary>
public class HealthCheckAnnotation(string key) : IResourceAnnotation
{
    /// <summary>Name of the check's registration.</summary>
    public string Key { get; } = key;
}
