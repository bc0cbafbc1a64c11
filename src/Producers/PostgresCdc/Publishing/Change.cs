using EventSourcing.PostgresCdc.Decoding;

namespace EventSourcing.PostgresCdc.Publishing;

/// <summary>What the envelope says of one change beside its rows.</summary>
internal readonly record struct Change(TableShape Shape, char Op, DateTimeOffset Time)
{
    /// <summary><c>source.snapshot</c>: <c>false</c>, <c>true</c>, <c>first</c>, <c>last</c>.</summary>
    public string Snapshot { get; init; } = "false";

    /// <summary>When the service took it.</summary>
    public DateTimeOffset CapturedAt { get; init; } = Time;

    /// <summary>The old row holds the key's columns only.</summary>
    public bool IsBeforeKeyOnly { get; init; }

    /// <summary><c>source.lsn</c>; 0 for none.</summary>
    public ulong Lsn { get; init; }

    /// <summary><c>source.txId</c>.</summary>
    public long? TransactionXid { get; init; }

    /// <summary><c>transaction.id</c>; null leaves <c>transaction</c> out.</summary>
    public string? TransactionId { get; init; }

    /// <summary>Place among the captured changes of its transaction, from 1.</summary>
    public uint Order { get; init; }

    /// <summary>Place among those of its table, from 1.</summary>
    public uint CollectionOrder { get; init; }
}
