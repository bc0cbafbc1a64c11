namespace EventSourcing.MqAdapter.Contracts;

/// <summary>CloudEvents types whose contracts this service owns.</summary>
public static class EventTypes
{
    /// <summary>Data: <see cref="StoreSale"/>.</summary>
    public const string StoreSale = "io.eventsourcing.store.sale.v1";
}
