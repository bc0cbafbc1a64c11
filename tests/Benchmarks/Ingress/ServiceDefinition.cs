namespace EventSourcing.Benchmarks.Ingress;

/// <summary>A service as the AppHost would start it.</summary>
/// <param name="Name">Its folder in <c>src/Producers</c>.</param>
internal sealed record ServiceDefinition(string Name)
{
    /// <summary>Environment variables beside those that every service gets.</summary>
    public Dictionary<string, string?> Settings { get; init; } = [];

    /// <summary>Variables that name a folder of the service's own.</summary>
    public IReadOnlyList<string> Folders { get; init; } = [];

    /// <summary>The variable with the service's HTTP address.</summary>
    public string AddressVariable { get; init; } = "ASPNETCORE_URLS";
}
