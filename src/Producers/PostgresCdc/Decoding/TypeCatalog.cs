using Npgsql;

namespace EventSourcing.PostgresCdc.Decoding;

/// <summary>The server's types by OID: domains are what they are based on, arrays know their elements. Asked again when a type is not known, for it may be new.</summary>
internal sealed class TypeCatalog
{
    private static readonly Dictionary<uint, JsonForm> Forms = new()
    {
        [16] = JsonForm.Boolean,
        [17] = JsonForm.Bytes,
        [20] = JsonForm.Number,
        [21] = JsonForm.Number,
        [23] = JsonForm.Number,
        [26] = JsonForm.Number,
        [700] = JsonForm.Number,
        [701] = JsonForm.Number,
        [1114] = JsonForm.Timestamp,
        [1184] = JsonForm.Timestamp,
    };

    private static readonly uint[] Vectors = [22, 30];         // int2vector, oidvector: arrays by category, without braces

    private readonly Dictionary<uint, Entry> _entries = [];

    /// <summary>True when the type was in the catalog at the last <see cref="LoadAsync"/>.</summary>
    public bool Knows(uint oid) => _entries.ContainsKey(oid);

    /// <summary>Reads <c>pg_type</c>.</summary>
    public async Task LoadAsync(NpgsqlConnection connection, CancellationToken stop)
    {
        await using var command = new NpgsqlCommand(
            "SELECT oid::int8, typtype::text, typcategory::text, typelem::int8, typbasetype::int8, typdelim::text FROM pg_type", connection);
        await using var reader = await command.ExecuteReaderAsync(stop);
        while (await reader.ReadAsync(stop))
        {
            var oid = (uint)reader.GetInt64(0);
            _entries[oid] = new Entry(
                reader.GetString(1) == "d" ? (uint)reader.GetInt64(4) : 0,
                reader.GetString(2) == "A" && !Vectors.Contains(oid) && reader.GetString(5) == "," ? (uint)reader.GetInt64(3) : 0);
        }
    }

    /// <summary>The rule of a type; <see cref="PgType.Text"/> when it is not known.</summary>
    public PgType Resolve(uint oid)
    {
        if (Forms.TryGetValue(oid, out var form))
            return new PgType(form);
        if (!_entries.TryGetValue(oid, out var entry))
            return PgType.Text;
        return entry.Base != 0 ? Resolve(entry.Base)
            : entry.Element != 0 ? new PgType(JsonForm.Array, Resolve(entry.Element)) : PgType.Text;
    }

    private readonly record struct Entry(uint Base, uint Element);
}
