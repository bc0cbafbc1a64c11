namespace EventSourcing.AppHost.Running;

/// <summary>What SocialFeed is told of the networks around it.</summary>
public static class SocialFeedExtensions
{
    /// <summary>Takes webhooks of a feed that are signed with this key.</summary>
    public static IResourceBuilder<ProjectResource> WithFeed(
        this IResourceBuilder<ProjectResource> socialFeed, string name, IResourceBuilder<ParameterResource> key) =>
        socialFeed.WithEnvironment($"Webhooks__Feeds__{name}__Keys__0", key);

    /// <summary>Reads a service's stream, tells it how far, and keeps its place for the length of the run.</summary>
    public static IResourceBuilder<ProjectResource> WithStream(this IResourceBuilder<ProjectResource> socialFeed, string service, string path) => socialFeed
        .WithEnvironment($"Streams__Sources__{service}__Uri", $"http://{service}/{path}")
        .WithEnvironment($"Streams__Sources__{service}__CommitUri", $"http://{service}/{path}/committed")
        .WithRunFolder("Streams__CursorDirectory", "cursors");

    /// <summary>Keeps large payloads for the length of the run, under the address that the service has in it.</summary>
    public static IResourceBuilder<ProjectResource> WithPayloadStore(this IResourceBuilder<ProjectResource> socialFeed) => socialFeed
        .WithEnvironment("Payloads__BaseUri", ReferenceExpression.Create($"{socialFeed.GetEndpoint("http")}/payloads/"))
        .WithRunFolder("Payloads__Directory", "payloads");
}
