using EventSourcing.EventBackbone;
using Route = EventSourcing.EventBackbone.Route;

namespace EventSourcing.SocialFeed;

/// <summary>The topic this service owns and what it promises on it.</summary>
public static class Routes
{
    /// <summary>
    /// Topic <c>social-posts</c>, keyed by author id. A network that calls a webhook gives up after some attempts, so while the backbone is away
    /// posts go to the spool and are receipted as <c>spooled</c>.
    /// </summary>
    public static readonly Route SocialPosts = new(
        new TopicDeclaration("social-posts", "author id"),
        new DeliveryProfile { Failover = Failover.Spool });
}
