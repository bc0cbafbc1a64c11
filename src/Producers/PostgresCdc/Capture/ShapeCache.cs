using EventSourcing.PostgresCdc.Decoding;
using EventSourcing.PostgresCdc.Options;
using EventSourcing.PostgresCdc.Postgres;
using Npgsql;
using Npgsql.Replication.PgOutput.Messages;

namespace EventSourcing.PostgresCdc.Capture;

/// <summary>The shapes of the captured tables as the log has them: a relation message comes before the first row of a table, and again after every change of its columns.</summary>
internal sealed class ShapeCache(CapturePlan plan, NpgsqlConnection catalog)
{
    private readonly Dictionary<uint, TableShape> _shapes = [];
    private readonly TypeCatalog _types = new();

    /// <summary>The table's shape; null for a table that is not captured from the log.</summary>
    public TableShape? Find(RelationMessage relation) => _shapes.GetValueOrDefault(relation.RelationId);

    /// <summary>A table's columns from here on.</summary>
    public async ValueTask NoteAsync(RelationMessage relation, CancellationToken stop)
    {
        var name = new TableName(relation.Namespace, relation.RelationName);
        _shapes.Remove(relation.RelationId);
        if (plan.LogTables.FirstOrDefault(table => table.Name == name) is not { } table)
            return;
        if (relation.Columns.Any(column => !_types.Knows(column.DataTypeId)))
            await _types.LoadAsync(catalog, stop);
        // With REPLICA IDENTITY FULL every column counts as key: then the catalog says which are.
        var isFull = relation.ReplicaIdentity == RelationMessage.ReplicaIdentitySetting.AllColumns;
        var primary = isFull ? await CatalogQueries.ReadPrimaryKeyAsync(catalog, name, stop) : [];
        var hasAll = isFull && primary.All(key => relation.Columns.Any(column => column.ColumnName == key));
        _shapes[relation.RelationId] = new TableShape(
            table,
            [.. relation.Columns.Select(column => new Column(
                column.ColumnName, _types.Resolve(column.DataTypeId),
                isFull ? hasAll && primary.Contains(column.ColumnName) : column.Flags.HasFlag(RelationMessage.Column.ColumnFlags.PartOfKey)))]);
    }
}
