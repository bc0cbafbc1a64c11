using EventSourcing.Orders.Options;
using Microsoft.Extensions.Options;
using Npgsql;

namespace EventSourcing.Orders.State;

/// <summary>The database: a pool for requests, connections of their own for what holds a lock or a slot.</summary>
internal sealed class Database : IAsyncDisposable
{
    // The monitor, the sweeper and the bell.
    private const int OwnConnections = 4;

    private readonly NpgsqlDataSource _source;

    /// <exception cref="InvalidOperationException"><c>ConnectionStrings:orders</c> is missing.</exception>
    public Database(IConfiguration configuration, IOptions<OrdersOptions> options)
    {
        var text = configuration.GetConnectionString("orders")
            ?? throw new InvalidOperationException("ConnectionStrings:orders is missing: set Host=...;Username=...;Password=...;Database=orders.");
        var own = options.Value;
        var pooled = new NpgsqlConnectionStringBuilder(text)
        {
            ApplicationName = "orders",
            MaxPoolSize = own.MaxConcurrentRequests + OwnConnections,
            Timeout = (int)own.CommandTimeout.TotalSeconds,
            CommandTimeout = (int)own.CommandTimeout.TotalSeconds,
        };
        _source = NpgsqlDataSource.Create(pooled);
        DedicatedConnectionString = new NpgsqlConnectionStringBuilder(pooled.ConnectionString)
        {
            ApplicationName = "orders-relay",
            Pooling = false,                                  // its lock must end with it
            KeepAlive = 5,
        }.ConnectionString;
    }

    /// <summary>For a connection that is not pooled.</summary>
    public string DedicatedConnectionString { get; }

    /// <summary>Does something on a pooled connection; not cancelled once it has begun, so that its outcome is known.</summary>
    /// <exception cref="DatabaseAwayException">The database cannot be reached, or did not say what became of it.</exception>
    public async Task<T> RunAsync<T>(Func<NpgsqlConnection, Task<T>> act, CancellationToken stop)
    {
        var hasBegun = false;
        try
        {
            await using var connection = await _source.OpenConnectionAsync(stop);
            hasBegun = true;
            return await act(connection);
        }
        catch (Exception failure) when (IsAway(failure))
        {
            throw new DatabaseAwayException(hasBegun, failure);
        }
    }

    /// <summary>Opens a connection of its own.</summary>
    public async Task<NpgsqlConnection> OpenDedicatedAsync(CancellationToken stop)
    {
        var connection = new NpgsqlConnection(DedicatedConnectionString);
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

/// <summary>The database cannot be reached, or did not say what became of a command.</summary>
/// <param name="isOutcomeUnknown">True when the command may have been committed.</param>
/// <param name="inner">What the client library says.</param>
internal sealed class DatabaseAwayException(bool isOutcomeUnknown, Exception inner) : Exception(inner.Message, inner)
{
    public bool IsOutcomeUnknown { get; } = isOutcomeUnknown;
}
