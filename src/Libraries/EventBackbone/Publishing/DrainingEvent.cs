using EventSourcing.EventBackbone.Spooling;

namespace EventSourcing.EventBackbone.Publishing;

/// <summary>An event from the spool on its way to Kafka; it stays on disk until it is stored.</summary>
internal sealed class DrainingEvent(RouteChannel channel, SpooledRecord spooled)
{
    public SpooledRecord Spooled { get; } = spooled;

    public void OnDelivered(RecordReport report) => channel.OnDrained(this, report.Error, report.Status);
}
