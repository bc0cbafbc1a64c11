using System.Text.Json;
using EventSourcing.Orders.Contracts;
using Npgsql.Replication.PgOutput.Messages;
using NpgsqlTypes;

namespace EventSourcing.Orders.Outbox.Logical;

/// <summary>Gathers the outbox's messages of whole transactions from the stream, in commit order.</summary>
internal sealed class CommittedMessages(ILogger logger)
{
    private readonly List<OutboxMessage> _open = [];
    private readonly List<(OutboxMessage Message, NpgsqlLogSequenceNumber End)> _committed = [];

    /// <summary>Messages of transactions that have ended, with their transaction's end.</summary>
    public IReadOnlyList<(OutboxMessage Message, NpgsqlLogSequenceNumber End)> Committed => _committed;

    /// <summary>True between a transaction's begin and its commit.</summary>
    public bool IsInTransaction { get; private set; }

    /// <summary>Takes one message of the stream.</summary>
    public async Task AddAsync(PgOutputReplicationMessage message, CancellationToken stop)
    {
        switch (message)
        {
            case BeginMessage:
                IsInTransaction = true;
                _open.Clear();
                break;
            case LogicalDecodingMessage { Prefix: LogicalOutbox.Prefix } left:
                if (await ReadAsync(left, stop) is { } read)
                    _open.Add(read);
                break;
            case CommitMessage commit:
                IsInTransaction = false;
                _committed.AddRange(_open.Select(own => (own, commit.TransactionEndLsn)));
                _open.Clear();
                break;
            default:
                break;                                        // tables are not published
        }
    }

    private async Task<OutboxMessage?> ReadAsync(LogicalDecodingMessage message, CancellationToken stop)
    {
        using var bytes = new MemoryStream();
        await message.Data.CopyToAsync(bytes, stop);
        try
        {
            return JsonSerializer.Deserialize(bytes.GetBuffer().AsSpan(0, (int)bytes.Length), OrdersJson.Default.OutboxMessage);
        }
        catch (JsonException foreign)
        {
            Log.ForeignMessage(logger, message.MessageLsn.ToString(), foreign.Message);
            return null;
        }
    }

    /// <summary>The gathered messages are done.</summary>
    public void Forget() => _committed.Clear();
}
