using System.Threading.Channels;
using EventSourcing.Orders.State;
using Npgsql;

namespace EventSourcing.Orders.Outbox.Table;

/// <summary>
/// Wakes the relay, whichever replica it runs in, after a commit. NOTIFY within the transactions would make all of them wait for each other: PostgreSQL holds one
/// lock over the commit, the flush to disk included, of whoever notifies. Here it is a statement of its own, one for all commits since the last.
/// </summary>
internal sealed class RelayBell(Database database) : BackgroundService
{
    /// <summary>The channel of LISTEN and NOTIFY.</summary>
    public const string ChannelName = "orders_outbox";

    private readonly Channel<bool> _rings = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });

    /// <summary>Something was committed. Does not wait.</summary>
    public void Ring() => _rings.Writer.TryWrite(true);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var _ in _rings.Reader.ReadAllAsync(stoppingToken))
        {
            try
            {
                await database.RunAsync(NotifyAsync, stoppingToken);
            }
            catch (DatabaseAwayException)
            {
                // The monitor says so, and the relay looks by itself every Outbox:PollInterval.
            }
        }
    }

    private static async Task<int> NotifyAsync(NpgsqlConnection connection)
    {
        await using var notify = new NpgsqlCommand($"NOTIFY {ChannelName}", connection);
        return await notify.ExecuteNonQueryAsync();
    }
}
