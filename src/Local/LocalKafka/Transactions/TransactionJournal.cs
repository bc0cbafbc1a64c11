using System.Collections.Concurrent;
using EventSourcing.LocalKafka.Storage;

namespace EventSourcing.LocalKafka.Transactions;

/// <summary>All transactional ids: in memory for use, in a journal for the next start. A change is in the journal before it is in memory.</summary>
internal sealed class TransactionJournal : IJournaled, IDisposable
{
    /// <summary>The journal is written anew when it has grown beyond this and is mostly superseded items.</summary>
    private const long CompactAboveBytes = 4 << 20;
    private const long BytesPerTransactionalId = 4_096;

    private readonly Lock _gate = new();
    private readonly ConcurrentDictionary<string, TransactionMetadata> _transactions = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<long, TransactionMetadata> _byProducerId = new();
    private readonly Journal _journal;

    public TransactionJournal(string path, bool toDisk)
    {
        _journal = Journal.Open(path, toDisk, reader =>
        {
            var record = TransactionRecord.Read(reader);
            var metadata = FindOrAdd(record.TransactionalId);
            record.Apply(metadata);
            Index(metadata);
        });
    }

    public string Name => "the transactions";

    public bool IsFlushed => _journal.IsFlushed;

    public ICollection<TransactionMetadata> All => _transactions.Values;

    public int Count => _transactions.Count;

    public TransactionMetadata? Find(string transactionalId) => _transactions.GetValueOrDefault(transactionalId);

    public TransactionMetadata? Find(long producerId) => _byProducerId.GetValueOrDefault(producerId);

    public TransactionMetadata FindOrAdd(string transactionalId) => _transactions.GetOrAdd(transactionalId, static id => new TransactionMetadata(id));

    /// <summary>Makes the records the new state, all together; call under the gate of <paramref name="metadata"/>.</summary>
    /// <exception cref="IOException">The journal cannot be written; nothing was changed.</exception>
    public void Append(TransactionMetadata metadata, params IReadOnlyCollection<TransactionRecord> records)
    {
        var before = metadata.Header.Producer.ProducerId;
        lock (_gate)
        {
            _journal.Append(records, static (writer, record) => record.Write(writer));
            foreach (var record in records)
                record.Apply(metadata);
        }

        if (before != metadata.Header.Producer.ProducerId)
            _byProducerId.TryRemove(KeyValuePair.Create(before, metadata));
        Index(metadata);
    }

    /// <summary>Waits until the disk has all changes.</summary>
    public void Flush() => _journal.Flush();

    /// <summary>Drops an id that has no transaction; call under its gate. The journal loses it when it is next compacted.</summary>
    public void Forget(TransactionMetadata metadata)
    {
        metadata.IsForgotten = true;
        _transactions.TryRemove(KeyValuePair.Create(metadata.Header.TransactionalId, metadata));
        _byProducerId.TryRemove(KeyValuePair.Create(metadata.Header.Producer.ProducerId, metadata));
    }

    /// <summary>Drops superseded items from the file once they are most of it.</summary>
    public void CompactIfDue()
    {
        lock (_gate)
        {
            if (_journal.Length > CompactAboveBytes && _journal.Length > BytesPerTransactionalId * _transactions.Count)
                _journal.Rewrite(_transactions.Values.SelectMany(metadata => metadata.ToRecords()), static (writer, record) => record.Write(writer));
        }
    }

    public void Dispose() => _journal.Dispose();

    private void Index(TransactionMetadata metadata)
    {
        if (metadata.Header.Producer.ProducerId >= 0)
            _byProducerId[metadata.Header.Producer.ProducerId] = metadata;
    }
}
