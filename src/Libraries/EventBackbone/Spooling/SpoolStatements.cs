using Microsoft.Data.Sqlite;

namespace EventSourcing.EventBackbone.Spooling;

/// <summary>The statements of the spool, prepared once.</summary>
internal sealed class SpoolStatements(SqliteConnection connection) : IDisposable
{
    public SpoolStatement Begin { get; } = new(connection, "BEGIN IMMEDIATE");
    public SpoolStatement Commit { get; } = new(connection, "COMMIT");
    public SpoolStatement Rollback { get; } = new(connection, "ROLLBACK");
    public SpoolStatement AddRoute { get; } = new(connection, "INSERT INTO route (name) VALUES ($0) ON CONFLICT (name) DO NOTHING");
    public SpoolStatement FindRoute { get; } = new(connection, "SELECT id, attempted FROM route WHERE name = $0");
    public SpoolStatement Summarise { get; } = new(connection, "SELECT count(*), coalesce(sum(bytes), 0), max(id) FROM event WHERE id > $0 AND id < $1");
    public SpoolStatement Insert { get; } = new(connection, "INSERT INTO event VALUES ($0, $1, $2, $3, $4, $5, $6)");
    public SpoolStatement Delete { get; } = new(connection, "DELETE FROM event WHERE id = $0");
    public SpoolStatement MarkAttempted { get; } = new(connection, "UPDATE route SET attempted = max(attempted, $1) WHERE id = $0");
    public SpoolStatement Select { get; } = new(
        connection, "SELECT id, attempted, bytes, time, key, value, headers FROM event WHERE id > $0 AND id < $1 ORDER BY id LIMIT $2");

    public void Dispose()
    {
        foreach (var statement in (SpoolStatement[])[Begin, Commit, Rollback, AddRoute, FindRoute, Summarise, Insert, Delete, MarkAttempted, Select])
            statement.Dispose();
    }
}

/// <summary>A prepared statement with positional parameters <c>$0</c>, <c>$1</c>, ...</summary>
internal sealed class SpoolStatement : IDisposable
{
    private readonly SqliteCommand _command;

    public SpoolStatement(SqliteConnection connection, string text)
    {
        _command = connection.CreateCommand();
        _command.CommandText = text;
    }

    public void Run(params ReadOnlySpan<object?> values)
    {
        Set(values);
        _command.ExecuteNonQuery();
    }

    public SqliteDataReader Read(params ReadOnlySpan<object?> values)
    {
        Set(values);
        return _command.ExecuteReader();
    }

    public void Dispose() => _command.Dispose();

    private void Set(ReadOnlySpan<object?> values)
    {
        for (var index = 0; index < values.Length; index++)
        {
            if (index == _command.Parameters.Count)
                _command.Parameters.Add(new SqliteParameter { ParameterName = "$" + index });
            _command.Parameters[index].Value = values[index] ?? DBNull.Value;
        }
    }
}
