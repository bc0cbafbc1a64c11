using System.Text;
using System.Text.Json;
using EventSourcing.PostgresCdc.Decoding;

namespace EventSourcing.PostgresCdc.Triggers;

/// <summary>A row image of the log table (<c>row_to_json</c>) as PostgreSQL's text form, which all captures share.</summary>
internal static class JsonRow
{
    /// <summary>Fills a buffer with a row's values in the order of its members.</summary>
    public static void Read(JsonElement row, TableShape shape, RowBuffer into)
    {
        into.Clear();
        var index = 0;
        foreach (var member in row.EnumerateObject())
            into.Add(TextOf(member.Value, shape.Columns[index++].Type));
    }

    private static string? TextOf(JsonElement value, PgType type) => (value.ValueKind, type.Form) switch
    {
        (JsonValueKind.Null, _) => null,
        (JsonValueKind.True, JsonForm.Boolean) => "t",
        (JsonValueKind.False, JsonForm.Boolean) => "f",
        (JsonValueKind.String, JsonForm.Timestamp) => TimestampOf(value.GetString()!),
        (JsonValueKind.String, _) => value.GetString(),
        (JsonValueKind.Array, JsonForm.Array) => ArrayOf(value, type.Element!),
        _ => value.GetRawText(),
    };

    // 2026-03-01T09:30:00+00:00 is 2026-03-01 09:30:00+00 elsewhere.
    private static string TimestampOf(string iso)
    {
        var text = iso.Length > 10 && iso[10] == 'T' ? $"{iso[..10]} {iso[11..]}" : iso;
        return text.EndsWith("+00:00", StringComparison.Ordinal) ? text[..^3] : text;
    }

    private static string ArrayOf(JsonElement array, PgType element)
    {
        var text = new StringBuilder("{");
        foreach (var item in array.EnumerateArray())
        {
            if (text.Length > 1)
                text.Append(',');
            if (item.ValueKind == JsonValueKind.Array)
                text.Append(ArrayOf(item, element));
            else if (TextOf(item, element) is { } value)
                text.Append('"').Append(value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)).Append('"');
            else
                text.Append("NULL");
        }

        return text.Append('}').ToString();
    }
}
