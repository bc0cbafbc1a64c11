namespace EventSourcing.Orders.Outbox;

/// <summary>Moves events from the outbox to Kafka, for as long as it is the only one that does.</summary>
internal interface IRelay
{
    /// <summary>Called at each step of a round, in order; for tests, which end a relay there.</summary>
    Action<RelayStep>? Reached { get; set; }

    /// <summary>Waits to be the only one, then relays until <paramref name="stop"/>; what is under way then is finished, until <paramref name="giveUp"/>.</summary>
    /// <exception cref="Npgsql.NpgsqlException">The database is away; what was noted there decides how to go on.</exception>
    /// <exception cref="OperationCanceledException">Stopped.</exception>
    Task RelayAsync(CancellationToken stop, CancellationToken giveUp);
}
