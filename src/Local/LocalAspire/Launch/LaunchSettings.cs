using System.Text.Json;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>The profiles of a project's <c>Properties/launchSettings.json</c>.</summary>
internal sealed class LaunchSettings
{
    private static readonly JsonSerializerOptions JsonOptions = new(JsonSerializerDefaults.Web)
    {
        ReadCommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
    };

    public Dictionary<string, LaunchProfile> Profiles { get; init; } = [];

    public static LaunchSettings Read(string projectDirectory)
    {
        var path = Path.Combine(projectDirectory, "Properties", "launchSettings.json");
        if (!File.Exists(path))
            return new LaunchSettings();

        try
        {
            return JsonSerializer.Deserialize<LaunchSettings>(File.ReadAllText(path), JsonOptions) ?? new LaunchSettings();
        }
        catch (JsonException e)
        {
            throw new DistributedApplicationException($"The launch settings '{path}' cannot be read: {e.Message}", e);
        }
    }

    /// <summary>The named profile, else the preferred one if it exists, else the first that starts a process.</summary>
    /// <exception cref="DistributedApplicationException">The named profile does not exist.</exception>
    public LaunchProfileAnnotation? Select(string? name, string? preferred, string project)
    {
        if (name is not null)
        {
            return Profiles.TryGetValue(name, out var named) ? new LaunchProfileAnnotation(name, named)
                : throw new DistributedApplicationException($"Project '{project}' has no launch profile '{name}'; it has: {string.Join(", ", Profiles.Keys)}.");
        }

        if (preferred is not null && Profiles.TryGetValue(preferred, out var profile))
            return new LaunchProfileAnnotation(preferred, profile);

        return Profiles.Where(p => p.Value.StartsProcess).Select(p => new LaunchProfileAnnotation(p.Key, p.Value)).FirstOrDefault();
    }
}

/// <summary>One launch profile.</summary>
internal sealed class LaunchProfile
{
    public string? CommandName { get; init; }

    public string? CommandLineArgs { get; init; }

    public string? ApplicationUrl { get; init; }

    public string? LaunchUrl { get; init; }

    public Dictionary<string, string> EnvironmentVariables { get; init; } = [];

    public bool StartsProcess => CommandName is null or "" or "Project" or "Executable";

    public IEnumerable<string> Urls => (ApplicationUrl ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
