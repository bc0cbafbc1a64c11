using EventSourcing.Fulfillment.Options;
using Microsoft.Extensions.Options;
using Npgsql;

namespace EventSourcing.Fulfillment.State;

/// <summary>The database: a pool for everybody, and connections of their own for who holds a lock.</summary>
internal sealed class Database : IAsyncDisposable
{
    // Beside the workers: orders in, the monitor, queries.
    private const int OtherConnections = 16;

    private readonly NpgsqlDataSource _source;
    private readonly string _dedicated;

    /// <exception cref="InvalidOperationException"><c>ConnectionStrings:fulfillment</c> is missing.</exception>
    public Database(IConfiguration configuration, IOptions<ProcessOptions> options)
    {
        var text = configuration.GetConnectionString("fulfillment")
            ?? throw new InvalidOperationException("ConnectionStrings:fulfillment is missing: set Host=...;Username=...;Password=...;Database=fulfillment.");
        var pooled = new NpgsqlConnectionStringBuilder(text) { ApplicationName = "fulfillment", MaxPoolSize = options.Value.Workers + OtherConnections };
        _source = NpgsqlDataSource.Create(pooled);
        _dedicated = new NpgsqlConnectionStringBuilder(pooled.ConnectionString) { ApplicationName = "fulfillment-relay", Pooling = false, KeepAlive = 5 }.ConnectionString;
    }

    /// <summary>A pooled connection.</summary>
    public ValueTask<NpgsqlConnection> OpenAsync(CancellationToken stop) => _source.OpenConnectionAsync(stop);

    /// <summary>A connection of its own: its lock ends with it.</summary>
    public async Task<NpgsqlConnection> OpenDedicatedAsync(CancellationToken stop)
    {
        var connection = new NpgsqlConnection(_dedicated);
        try
        {
            await connection.OpenAsync(stop);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>True when another attempt may succeed: connection, resources, shutdown, read-only standby, deadlock.</summary>
    public static bool IsAway(Exception failure) => failure switch
    {
        PostgresException told => told.SqlState[..2] is "08" or "40" or "53" or "55" or "57" or "58" || told.SqlState is "25006",
        NpgsqlException or TimeoutException or System.Net.Sockets.SocketException or IOException => true,
        _ => false,
    };

    public ValueTask DisposeAsync() => _source.DisposeAsync();
}
