namespace Aspire.Hosting;

/// <summary>How an application is created.</summary>
public sealed class DistributedApplicationOptions
{
    /// <summary>Command-line arguments; they are configuration.</summary>
    public string[]? Args { get; set; }

    /// <summary>Name of the AppHost's assembly; null for the entry assembly.</summary>
    public string? AssemblyName { get; set; }

    /// <summary>Runs without the dashboard; default false, true in tests.</summary>
    public bool DisableDashboard { get; set; }

    /// <summary>Allows plain HTTP between AppHost and dashboard. This subset uses plain HTTP on loopback anyway.</summary>
    public bool AllowUnsecuredTransport { get; set; }

    /// <summary>Writes the resources' console logs to loggers <c>&lt;AppHost&gt;.Resources.&lt;resource&gt;</c>; default false, true in tests.</summary>
    public bool EnableResourceLogging { get; set; }

    /// <summary>The AppHost's project directory; null for the one its assembly was built from.</summary>
    public string? ProjectDirectory { get; set; }
}
