using EventSourcing.EventBackbone;
using Route = EventSourcing.EventBackbone.Route;

namespace EventSourcing.MobileBff;

/// <summary>The topics this service owns and what it promises on them.</summary>
public static class Routes
{
    /// <summary>
    /// Topic <c>mobile-events</c>, keyed by installation id. A phone keeps its events until they are answered, so while the backbone is away
    /// they are refused for now and stay where they are safe: on the phone.
    /// </summary>
    public static readonly Route MobileEvents = new(
        new TopicDeclaration("mobile-events", "installation id"),
        new DeliveryProfile { Failover = Failover.Refuse });
}
