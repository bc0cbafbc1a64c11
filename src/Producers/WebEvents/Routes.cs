using EventSourcing.EventBackbone;
using Route = EventSourcing.EventBackbone.Route;

namespace EventSourcing.WebEvents;

/// <summary>The topics this service owns and what it promises on them.</summary>
public static class Routes
{
    /// <summary>
    /// Topic <c>web-events</c>, keyed by visitor id. A browser that leaves cannot send again, so while the backbone is away events go to
    /// the spool and are receipted as <c>spooled</c>.
    /// </summary>
    public static readonly Route WebEvents = new(
        new TopicDeclaration("web-events", "visitor id"),
        new DeliveryProfile { Failover = Failover.Spool });
}
