using System.Text.Json;

namespace EventSourcing.PostgresCdc.Decoding;

/// <summary>A captured table as it is at a point of the log: its columns in order and which of them are the key.</summary>
internal sealed class TableShape(CapturedTable table, IReadOnlyList<Column> columns)
{
    /// <summary>The table.</summary>
    public CapturedTable Table { get; } = table;

    /// <summary>Columns, as rows have them.</summary>
    public IReadOnlyList<Column> Columns { get; } = columns;

    /// <summary>There is a primary key (or the index that is the replica identity).</summary>
    public bool HasKey { get; } = columns.Any(static column => column.IsKey);

    /// <summary>Place of <see cref="Options.TableOptions.SourceColumn"/>, -1 without.</summary>
    public int SourceColumn { get; } = IndexOf(columns, table.Options.SourceColumn);

    /// <summary>Place of <see cref="Options.TableOptions.SequenceColumn"/>, -1 without.</summary>
    public int SequenceColumn { get; } = IndexOf(columns, table.Options.SequenceColumn);

    /// <summary>Place of <see cref="Options.TableOptions.TraceParentColumn"/>, -1 without.</summary>
    public int TraceParentColumn { get; } = IndexOf(columns, table.Options.TraceParentColumn);

    /// <summary>Place of a column, -1 when there is none of that name.</summary>
    public int IndexOf(string? name) => IndexOf(Columns, name);

    private static int IndexOf(IReadOnlyList<Column> columns, string? name)
    {
        for (var i = 0; name is not null && i < columns.Count; i++)
        {
            if (columns[i].Name == name)
                return i;
        }

        return -1;
    }
}

/// <summary>A column.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">How its values become JSON.</param>
/// <param name="IsKey">It is part of the record key.</param>
internal sealed record Column(string Name, PgType Type, bool IsKey)
{
    /// <summary>The name as JSON.</summary>
    public JsonEncodedText Json { get; } = JsonEncodedText.Encode(Name, System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping);
}
