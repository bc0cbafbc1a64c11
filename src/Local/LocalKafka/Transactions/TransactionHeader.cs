namespace EventSourcing.LocalKafka.Transactions;

/// <summary>Everything that is known of a transactional id, but for what is in its transaction. Times are milliseconds since 1970.</summary>
internal sealed record TransactionHeader(string TransactionalId) : TransactionRecord(TransactionalId)
{
    public ProducerIdAndEpoch Producer { get; init; } = ProducerIdAndEpoch.None;

    /// <summary>What the producer was before: how a client that asks again for a new epoch or id, because the answer was lost, is recognised.</summary>
    public ProducerIdAndEpoch Before { get; init; } = ProducerIdAndEpoch.None;

    public TransactionState State { get; init; }

    /// <summary>After this many milliseconds the transaction is aborted (<c>transaction.timeout.ms</c>).</summary>
    public int TimeoutMs { get; init; }

    /// <summary>When the transaction began; -1 without one.</summary>
    public long StartedAt { get; init; } = -1;

    public long UpdatedAt { get; init; }

    public bool IsPrepared => State is TransactionState.PrepareCommit or TransactionState.PrepareAbort;

    public bool HasEnded => State is TransactionState.Empty or TransactionState.CompleteCommit or TransactionState.CompleteAbort;

    protected override byte Kind => HeaderKind;

    public override void Apply(TransactionMetadata metadata) => metadata.Replace(this);

    protected override void WriteContent(BinaryWriter writer)
    {
        writer.Write(Producer.ProducerId);
        writer.Write(Producer.Epoch);
        writer.Write(Before.ProducerId);
        writer.Write(Before.Epoch);
        writer.Write((byte)State);
        writer.Write(TimeoutMs);
        writer.Write(StartedAt);
        writer.Write(UpdatedAt);
    }

    public static TransactionHeader ReadContent(string transactionalId, BinaryReader reader) => new(transactionalId)
    {
        Producer = new ProducerIdAndEpoch(reader.ReadInt64(), reader.ReadInt16()),
        Before = new ProducerIdAndEpoch(reader.ReadInt64(), reader.ReadInt16()),
        State = (TransactionState)reader.ReadByte(),
        TimeoutMs = reader.ReadInt32(),
        StartedAt = reader.ReadInt64(),
        UpdatedAt = reader.ReadInt64(),
    };
}
