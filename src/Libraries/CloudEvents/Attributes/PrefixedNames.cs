using System.Collections.Concurrent;
using System.Runtime.CompilerServices;

namespace EventSourcing.CloudEvents.Attributes;

/// <summary>Attribute names with a binding's prefix, and back, each string made once; the tables hold a bounded number of names.</summary>
internal sealed class PrefixedNames(string prefix)
{
    private const int Slots = 256;
    private const int MaxKept = 1_024;
    private const int LongestKept = 40;

    // An attribute's name is one string object for the life of the process: its header is found by reference.
    private readonly Pair?[] _headers = new Pair?[Slots];
    private readonly ConcurrentDictionary<string, string> _names = new(StringComparer.Ordinal);

    /// <summary>The header of an attribute: <c>id</c> gives <c>ce_id</c>.</summary>
    public string HeaderOf(string name)
    {
        ref var slot = ref _headers[RuntimeHelpers.GetHashCode(name) & (Slots - 1)];
        if (slot is { } pair && ReferenceEquals(pair.Name, name))
            return pair.Header;
        var header = prefix + name;
        if (name.Length <= LongestKept)
            slot = new Pair(name, header);
        return header;
    }

    /// <summary>The attribute of a header that carries the prefix: <c>ce_id</c> gives <c>id</c>.</summary>
    public string NameOf(string header)
    {
        if (_names.TryGetValue(header, out var name))
            return name;
        name = header[prefix.Length..];
        // Names of unreasonable length, and more names than anyone has, are hostile: they do not fill the table.
        if (header.Length <= LongestKept && _names.Count < MaxKept)
            _names.TryAdd(header, name);
        return name;
    }

    private sealed record Pair(string Name, string Header);
}
