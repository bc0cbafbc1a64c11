using Microsoft.Data.Sqlite;

namespace EventSourcing.LocalMq.Storage;

/// <summary>Reads the bytes of stored messages. Thread-safe.</summary>
internal sealed class MessageReader : IDisposable
{
    private readonly Lock _gate = new();
    private readonly SqliteConnection _connection;
    private readonly SqliteCommand _select;
    private readonly SqliteParameter _id = new() { ParameterName = "$id" };

    public MessageReader(string path)
    {
        _connection = MessageStore.Open(path);
        _select = _connection.CreateCommand();
        _select.CommandText = "SELECT bytes FROM message WHERE id = $id";
        _select.Parameters.Add(_id);
    }

    /// <exception cref="InvalidDataException">There is no such message.</exception>
    /// <exception cref="SqliteException">The file cannot be read.</exception>
    public byte[] Read(long id)
    {
        lock (_gate)
        {
            _id.Value = id;
            return _select.ExecuteScalar() as byte[] ?? throw new InvalidDataException($"There is no message {id} in the file.");
        }
    }

    public void Dispose()
    {
        _select.Dispose();
        _connection.Dispose();
    }
}
