using EventSourcing.PostgresCdc.Options;
using Microsoft.Extensions.Options;
using Npgsql;
using Npgsql.Replication;

namespace EventSourcing.PostgresCdc.Postgres;

/// <summary>
/// Opens connections, all with the same session settings, so that a value has one text form whichever way it comes: ISO dates in UTC, hexadecimal bytes, ISO
/// intervals, shortest floats.
/// </summary>
internal sealed class PostgresServer(IConfiguration configuration, IOptions<CdcOptions> options)
{
    private const string Session = "-c DateStyle=ISO -c IntervalStyle=iso_8601 -c bytea_output=hex -c extra_float_digits=1 -c statement_timeout=0 -c idle_in_transaction_session_timeout=0";

    /// <summary>Host, port and database, for people.</summary>
    public string Display
    {
        get
        {
            var settings = Settings();
            return $"{settings.Host}:{settings.Port}/{settings.Database}";
        }
    }

    /// <summary>A connection of one's own, not pooled: it ends with its owner.</summary>
    /// <exception cref="NpgsqlException">The server cannot be reached, or refuses.</exception>
    public async Task<NpgsqlConnection> OpenAsync(CancellationToken stop)
    {
        var connection = new NpgsqlConnection(Settings().ConnectionString);
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

    /// <summary>A walsender connection.</summary>
    /// <exception cref="NpgsqlException">The server cannot be reached, or refuses.</exception>
    public async Task<LogicalReplicationConnection> OpenReplicationAsync(CancellationToken stop)
    {
        var connection = new LogicalReplicationConnection(Settings().ConnectionString);
        try
        {
            await connection.Open(stop);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    private NpgsqlConnectionStringBuilder Settings()
    {
        var settings = new NpgsqlConnectionStringBuilder(configuration.GetConnectionString(options.Value.Connection))
        {
            Pooling = false,
            Timezone = "UTC",
            ClientEncoding = "UTF8",
            Enlist = false,
        };
        settings.Options = string.IsNullOrEmpty(settings.Options) ? Session : $"{settings.Options} {Session}";
        settings.ApplicationName ??= "postgres-cdc";
        return settings;
    }
}
