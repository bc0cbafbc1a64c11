using System.Collections.Frozen;
using EventSourcing.SocialFeed.Options;
using Microsoft.Extensions.Options;

namespace EventSourcing.SocialFeed.Webhooks;

/// <summary>A feed, ready for use.</summary>
/// <param name="Name">The last part of its path.</param>
/// <param name="Keys">Its keys.</param>
/// <param name="Options">The headers of its plain posts.</param>
internal sealed record Feed(string Name, IReadOnlyList<byte[]> Keys, FeedOptions Options)
{
    /// <summary>Where its events come in, for dead letters.</summary>
    public string Origin { get; } = $"POST /webhooks/{Name}";
}

/// <summary>The configured feeds.</summary>
internal sealed class Feeds(IOptions<WebhookOptions> options)
{
    private readonly FrozenDictionary<string, Feed> _feeds = options.Value.Feeds.ToFrozenDictionary(
        own => own.Key, own => new Feed(own.Key, [.. own.Value.Keys.Select(Parse)], own.Value), StringComparer.Ordinal);

    /// <summary>The feed of that name; null when there is none.</summary>
    public Feed? Find(string name) => _feeds.GetValueOrDefault(name);

    private static byte[] Parse(string key) => SigningKey.TryParse(key, out var bytes) ? bytes : throw new InvalidOperationException("A key was not validated.");
}
