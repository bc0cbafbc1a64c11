using System.Globalization;
using System.Reflection;
using Microsoft.Extensions.Configuration;

namespace Aspire.Hosting.Dcp;

/// <summary>Where DCP and the dashboard are, and how long things may take.</summary>
internal sealed record DcpOptions(string CliPath, string DashboardPath, bool RandomizePorts)
{
    public static readonly TimeSpan DefaultStartTimeout = TimeSpan.FromMinutes(5);

    /// <summary>Longest start of the application; configuration key <c>LocalAspire:StartTimeout</c>, default 5 min.</summary>
    public TimeSpan StartTimeout { get; init; } = DefaultStartTimeout;

    /// <summary>Longest time from creating a process to its running; key <c>LocalAspire:ProcessStartTimeout</c>, default 30 s. A process that does not run after a third of it is created again.</summary>
    public TimeSpan ProcessStartTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Longest time until an endpoint has its port; key <c>DcpPublisher:ServiceStartupWatchTimeout</c>, default 10 s.</summary>
    public TimeSpan PortTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Whether the crash of a resource stops the application; key <c>LocalAspire:StopOnCrash</c>, default false.</summary>
    public bool StopOnCrash { get; init; }

    public static DcpOptions From(IConfiguration configuration, Assembly? appHost)
    {
        var metadata = (appHost?.GetCustomAttributes<AssemblyMetadataAttribute>() ?? [])
            .ToLookup(a => a.Key, a => a.Value, StringComparer.OrdinalIgnoreCase);
        var options = new DcpOptions(
            configuration["DcpPublisher:CliPath"] ?? InFolder(configuration["ASPIRE_DCP_PATH"], "dcp") ?? metadata["dcpclipath"].FirstOrDefault() ?? "",
            configuration["DcpPublisher:DashboardPath"] ?? configuration["ASPIRE_DASHBOARD_PATH"] ?? metadata["aspiredashboardpath"].FirstOrDefault() ?? "",
            configuration.GetValue("DcpPublisher:RandomizePorts", false));
        return options with
        {
            StartTimeout = Duration(configuration, "LocalAspire:StartTimeout", options.StartTimeout),
            ProcessStartTimeout = Duration(configuration, "LocalAspire:ProcessStartTimeout", options.ProcessStartTimeout),
            PortTimeout = Duration(configuration, "DcpPublisher:ServiceStartupWatchTimeout", options.PortTimeout),
            StopOnCrash = configuration.GetValue("LocalAspire:StopOnCrash", false),
        };
    }

    /// <exception cref="DistributedApplicationException">DCP or the dashboard is not there.</exception>
    public void Validate(bool withDashboard)
    {
        Require(CliPath, "orchestrator (DCP)");
        if (withDashboard)
            Require(DashboardPath, "dashboard");
    }

    private static void Require(string path, string what)
    {
        if (!File.Exists(path))
            throw new DistributedApplicationException(
                $"The Aspire {what} is missing: '{path}' does not exist. Run ./run.sh once (or eng/setup.sh): it unpacks Aspire's bundle into .tools/aspire.");
    }

    private static string? InFolder(string? folder, string file) => string.IsNullOrEmpty(folder) ? null : Path.Combine(folder, file);

    private static TimeSpan Duration(IConfiguration configuration, string key, TimeSpan defaultValue)
    {
        if (configuration[key] is not { Length: > 0 } text)
            return defaultValue;
        if (!TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var value) || value <= TimeSpan.Zero)
            throw new DistributedApplicationException($"Configuration key '{key}' is '{text}'; it must be a positive duration as hh:mm:ss.");
        return value;
    }
}
