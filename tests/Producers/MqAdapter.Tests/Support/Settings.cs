namespace EventSourcing.MqAdapter.Tests.Support;

/// <summary>Queues of the tests, as configuration has them.</summary>
internal static class Settings
{
    private static readonly (string Name, string Picture, string? Usage)[] Sale =
    [
        ("storeId", "X(6)", null), ("tillId", "X(4)", null), ("saleNumber", "9(9)", "Comp"), ("soldAt", "X(20)", null), ("sku", "X(12)", null),
        ("description", "X(20)", null), ("quantity", "S9(5)", null), ("unitPrice", "S9(7)V99", "Comp3"), ("amount", "S9(9)V99", "Comp3"),
    ];

    /// <summary>The tills' records in EBCDIC.</summary>
    public static IEnumerable<(string Key, string? Value)> Records(int index, string name = "store-sales", string? address = null)
    {
        foreach (var (key, value) in new[]
        {
            ("Name", name), ("Address", address), ("Format", "Records"), ("Charset", "IBM037"), ("KeyFrom", "Field"), ("KeyField", "storeId"),
            ("TimeField", "soldAt"), ("GroupIsSource", "true"), ("SequenceFromGroup", "true"),
        })
            yield return ($"Mq:Queues:{index}:{key}", value);
        for (var i = 0; i < Sale.Length; i++)
        {
            yield return ($"Mq:Queues:{index}:Fields:{i}:Name", Sale[i].Name);
            yield return ($"Mq:Queues:{index}:Fields:{i}:Picture", Sale[i].Picture);
            if (Sale[i].Usage is { } usage)
                yield return ($"Mq:Queues:{index}:Fields:{i}:Usage", usage);
        }
    }

    /// <summary>JSON, keyed by correlation id.</summary>
    public static IEnumerable<(string Key, string? Value)> Json(int index, string name = "json-sales", string? address = null) =>
        [($"Mq:Queues:{index}:Name", name), ($"Mq:Queues:{index}:Address", address)];

    /// <summary>EBCDIC text, keyed by group id.</summary>
    public static IEnumerable<(string Key, string? Value)> Text(int index) =>
    [
        ($"Mq:Queues:{index}:Name", "notes"), ($"Mq:Queues:{index}:Format", "Text"), ($"Mq:Queues:{index}:Charset", "CP037"),
        ($"Mq:Queues:{index}:EventType", "io.example.note.v1"), ($"Mq:Queues:{index}:KeyFrom", "GroupId"),
    ];
}
