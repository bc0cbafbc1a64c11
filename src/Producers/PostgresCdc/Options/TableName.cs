using System.Text.RegularExpressions;

namespace EventSourcing.PostgresCdc.Options;

/// <summary>A table's name as the catalog has it.</summary>
internal sealed partial record TableName(string Schema, string Table)
{
    /// <summary>Reads <c>schema.table</c>, or <c>table</c> of schema <c>public</c>.</summary>
    public static TableName Parse(string text) => text.Split('.', 2) is [var schema, var table] ? new(schema, table) : new("public", text);

    /// <summary>For SQL.</summary>
    public string Quoted => $"{Quote(Schema)}.{Quote(Table)}";

    /// <summary>The topic of its changes.</summary>
    public string Topic(string database) => NotForTopics().Replace($"cdc.{database}.{Schema}.{Table}", "_");

    /// <inheritdoc/>
    public override string ToString() => $"{Schema}.{Table}";

    /// <summary>An identifier for SQL.</summary>
    public static string Quote(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    [GeneratedRegex("[^A-Za-z0-9._-]")]
    private static partial Regex NotForTopics();
}
