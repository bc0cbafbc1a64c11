using EventSourcing.EventBackbone.Publishing;

namespace EventSourcing.EventBackbone.Spooling;

/// <summary>Where routes keep events on disk. Calls return at once; the spool's own thread does the work and reports to the channel.</summary>
internal interface ISpool
{
    /// <summary>Writes the event; the order of calls is the order of the events on disk.</summary>
    void Write(PendingEvent pending);

    /// <summary>Forgets a stored event.</summary>
    void Delete(RouteChannel channel, long order);

    /// <summary>Something a route waited for has happened: look whether it can be drained.</summary>
    void Wake();
}
