using System.Collections.Concurrent;

namespace EventSourcing.CloudEvents.Attributes;

/// <summary>Attribute names with a binding's prefix, and back, each string made once; the tables hold a bounded number of names.</summary>
internal sealed class PrefixedNames(string prefix)
{
    private const int MaxKept = 1_024;

    private readonly ConcurrentDictionary<string, string> _headers = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, string> _names = new(StringComparer.Ordinal);

    /// <summary>The header of an attribute: <c>id</c> gives <c>ce_id</c>.</summary>
    public string HeaderOf(string name) => _headers.TryGetValue(name, out var header) ? header : Keep(_headers, name, prefix + name);

    /// <summary>The attribute of a header that carries the prefix: <c>ce_id</c> gives <c>id</c>.</summary>
    public string NameOf(string header) => _names.TryGetValue(header, out var name) ? name : Keep(_names, header, header[prefix.Length..]);

    private static string Keep(ConcurrentDictionary<string, string> table, string key, string value)
    {
        // Only names as the specification recommends them (20 characters) are worth keeping; hostile ones cannot fill the table with bulk.
        if (key.Length <= 40 && table.Count < MaxKept)
            table.TryAdd(key, value);
        return value;
    }
}
