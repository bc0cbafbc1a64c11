using Confluent.Kafka;
using EventSourcing.EventBackbone.Options;

namespace EventSourcing.EventBackbone.Transactions;

/// <summary>What one route's transactions are made of.</summary>
/// <param name="TransactionalId">Kafka's <c>transactional.id</c>: who begins with it fences whoever had it.</param>
/// <param name="Topics">The route's own topic first, then those that get copies.</param>
/// <param name="DeliveryTimeout">How long records may wait before their commit begins.</param>
/// <param name="Linger">How long a transaction waits for more records.</param>
/// <param name="MostRecords">How many records, copies not counted, end that wait.</param>
internal sealed record TransactionSettings(
    string TransactionalId, IReadOnlyList<TopicPartition> Topics, TimeSpan DeliveryTimeout, TimeSpan Linger, int MostRecords)
{
    private static readonly TimeSpan LeastTimeout = TimeSpan.FromSeconds(2);

    /// <summary><c>transaction.timeout.ms</c>: a commit that begins at the end of <see cref="DeliveryTimeout"/> has as long again.</summary>
    public TimeSpan TransactionTimeout => DeliveryTimeout * 2 > LeastTimeout ? DeliveryTimeout * 2 : LeastTimeout;

    public static TransactionSettings Of(RouteSettings route, string application, string instance) => new(
        $"{application}.{route.Name}.{instance}",
        [.. route.Route.Topics.Select(topic => new TopicPartition(topic.Name, Partition.Any))],
        route.Profile.DeliveryTimeout, route.Profile.TransactionLinger, route.Profile.TransactionEvents);
}
