using System.Text;
using System.Text.Json;
using EventSourcing.PostgresCdc.Contracts;
using EventSourcing.PostgresCdc.Positions;

namespace EventSourcing.PostgresCdc.Capture;

/// <summary>BEGIN and END of transactions with captured changes, in Debezium's form, END with the counts per table.</summary>
internal sealed class TransactionMarkers(SessionParts parts, SessionRun run, LogTransaction transaction)
{
    private ulong _begun;

    /// <summary>The first captured change of a transaction; later ones do nothing.</summary>
    public ValueTask BeginAsync(CancellationToken stop)
    {
        if (_begun == transaction.CommitLsn)
            return ValueTask.CompletedTask;
        _begun = transaction.CommitLsn;
        return PublishAsync(0, Json("BEGIN"), stop);
    }

    /// <summary>The transaction's end.</summary>
    public ValueTask EndAsync(CancellationToken stop) => _begun == transaction.CommitLsn ? PublishAsync(uint.MaxValue, Json("END"), stop) : ValueTask.CompletedTask;

    private ValueTask PublishAsync(uint ordinal, byte[] json, CancellationToken stop)
    {
        var (route, mark) = (parts.Plan.Transactions!, new ChangeMark(transaction.CommitLsn, ordinal));
        if (run.Changes.Redelivery.Tail is { HasFound: true } tail && tail.Has(route.Name, Encoding.UTF8.GetBytes(transaction.Id), mark))
            return ValueTask.CompletedTask;
        var record = parts.Events.CreateOfDatabase(EventTypes.Transaction, mark.ToString(), transaction.Id, transaction.Time, json);
        return run.Changes.PublishAsync(route, record, transaction.Unit, run.Changes.Redelivery.TakeMark(mark.Lsn), stop);
    }

    private byte[] Json(string status)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("status", status);
            json.WriteString("id", transaction.Id);
            json.WriteNumber("ts_ms", transaction.Time.ToUnixTimeMilliseconds());
            WriteCounts(json, isEnd: status == "END");
            json.WriteEndObject();
        }

        return buffer.ToArray();
    }

    private void WriteCounts(Utf8JsonWriter json, bool isEnd)
    {
        if (!isEnd)
        {
            json.WriteNull("event_count");
            json.WriteNull("data_collections");
            return;
        }

        json.WriteNumber("event_count", transaction.Order);
        json.WriteStartArray("data_collections");
        foreach (var (table, count) in transaction.Counts)
        {
            json.WriteStartObject();
            json.WriteString("data_collection", parts.Plan.Tables[table].FullName);
            json.WriteNumber("event_count", count);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
