using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting.Testing;

/// <summary>Runs an AppHost's entry point inside of a test, up to its call of Build.</summary>
public static class DistributedApplicationTestingBuilder
{
    /// <summary>Runs the AppHost whose assembly holds the type, without arguments.</summary>
    public static Task<IDistributedApplicationTestingBuilder> CreateAsync<TEntryPoint>(CancellationToken cancellationToken = default)
        where TEntryPoint : class =>
        CreateAsync<TEntryPoint>([], cancellationToken);

    /// <summary>Runs the AppHost whose assembly holds the type; the arguments are configuration.</summary>
    public static Task<IDistributedApplicationTestingBuilder> CreateAsync<TEntryPoint>(string[] args, CancellationToken cancellationToken = default)
        where TEntryPoint : class =>
        CreateAsync<TEntryPoint>(args, (_, _) => { }, cancellationToken);

    /// <summary>Runs the AppHost whose assembly holds the type.</summary>
    /// <param name="args">Arguments, which are configuration.</param>
    /// <param name="configureBuilder">Changes the options and host settings before the AppHost's builder is made.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="InvalidOperationException">The entry point ended without building an application.</exception>
    public static async Task<IDistributedApplicationTestingBuilder> CreateAsync<TEntryPoint>(
        string[] args, Action<DistributedApplicationOptions, HostApplicationBuilderSettings> configureBuilder, CancellationToken cancellationToken = default)
        where TEntryPoint : class
    {
        ArgumentNullException.ThrowIfNull(args);
        ArgumentNullException.ThrowIfNull(configureBuilder);
        if (args.Any(string.IsNullOrEmpty))
            throw new ArgumentException("An argument is null or empty.", nameof(args));

        var entryPoint = new AppHostEntryPoint(typeof(TEntryPoint).Assembly, args, configureBuilder);
        try
        {
            return new TestingBuilder(entryPoint, await entryPoint.RunToBuildAsync(cancellationToken));
        }
        catch
        {
            await entryPoint.DisposeAsync();
            throw;
        }
    }
}
