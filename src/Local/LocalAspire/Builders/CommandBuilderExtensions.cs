using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.DependencyInjection;

namespace Aspire.Hosting;

public static partial class ResourceBuilderExtensions
{
    /// <summary>Adds a command that a person executes in the dashboard; one of the same name is replaced.</summary>
    /// <param name="builder">The resource.</param>
    /// <param name="name">Name, unique within the resource.</param>
    /// <param name="displayName">Name that is shown.</param>
    /// <param name="executeCommand">What it does.</param>
    /// <param name="commandOptions">How it is shown and when it is enabled.</param>
    public static IResourceBuilder<T> WithCommand<T>(this IResourceBuilder<T> builder, string name, string displayName,
        Func<ExecuteCommandContext, Task<ExecuteCommandResult>> executeCommand, CommandOptions? commandOptions = null)
        where T : IResource
    {
        var existing = builder.Resource.Annotations.OfType<ResourceCommandAnnotation>().FirstOrDefault(command => command.Name == name);
        if (existing is not null)
            builder.Resource.Annotations.Remove(existing);
        return builder.WithAnnotation(new ResourceCommandAnnotation(name, displayName, executeCommand, commandOptions ?? new CommandOptions()));
    }

    /// <summary>Adds a command that sends an HTTP request to the resource and succeeds with a 2xx answer.</summary>
    /// <param name="builder">The resource.</param>
    /// <param name="path">Path and query.</param>
    /// <param name="displayName">Name that is shown.</param>
    /// <param name="endpointName">Endpoint; null for <c>https</c>, then <c>http</c>.</param>
    /// <param name="commandName">Name; null for one made of resource, endpoint, method and path.</param>
    /// <param name="commandOptions">Method (default POST), how it is shown; enabled while the resource runs unless they say otherwise.</param>
    public static IResourceBuilder<T> WithHttpCommand<T>(this IResourceBuilder<T> builder, string path, string displayName,
        string? endpointName = null, string? commandName = null, HttpCommandOptions? commandOptions = null)
        where T : IResourceWithEndpoints
    {
        var options = commandOptions ?? new HttpCommandOptions();
        var method = options.Method ?? HttpMethod.Post;
        var endpoint = endpointName is null && builder.GetEndpoint("https").Exists ? builder.GetEndpoint("https") : builder.GetEndpoint(endpointName ?? "http");
        options.UpdateState ??= context => context.ResourceSnapshot.State?.Text == KnownResourceStates.Running
            ? ResourceCommandState.Enabled : ResourceCommandState.Disabled;
        var name = commandName ?? $"{builder.Resource.Name}-{endpoint.EndpointName}-http-{method.Method.ToLowerInvariant()}-{path}";
        return builder.WithCommand(name, displayName, context => SendAsync(context, endpoint, path, method), options);
    }

    private static async Task<ExecuteCommandResult> SendAsync(ExecuteCommandContext context, EndpointReference endpoint, string path, HttpMethod method)
    {
        using var client = context.Services.GetRequiredService<IHttpClientFactory>().CreateClient();
        client.Timeout = Timeout.InfiniteTimeSpan;
        using var request = new HttpRequestMessage(method, new Uri(new Uri(endpoint.Url), path));
        try
        {
            using var response = await client.SendAsync(request, context.CancellationToken);
            return response.IsSuccessStatusCode
                ? CommandResults.Success()
                : CommandResults.Failure($"{method} {request.RequestUri} answered {(int)response.StatusCode}.");
        }
        catch (HttpRequestException e)
        {
            return CommandResults.Failure(e);
        }
    }
}
