using System.Text.RegularExpressions;

namespace EventSourcing.EndToEnd.Tests.Contract;

/// <summary>An event that a test sends: the number-th of a key. Its token is somewhere in every record that is made of it.</summary>
/// <param name="Key">Six characters, new for every test: the record key where the protocol lets the sender choose it.</param>
/// <param name="Number">From 1.</param>
public sealed partial record Sample(string Key, int Number)
{
    /// <summary>At most 20 characters: the narrowest field that carries it is as wide.</summary>
    public string Token => $"{Key}-{Number}";

    /// <summary>What is wrong with it.</summary>
    public Flaw Flaw { get; init; }

    /// <summary>True when it may have arrived before.</summary>
    public bool IsRepeated { get; init; }

    /// <summary>Trace context; null when it is not traced.</summary>
    public string? TraceParent { get; init; }

    public static string NewKey() => $"k{Guid.NewGuid().ToString("N")[..5]}";

    /// <summary>The number of a sample of that key in a text; null when there is none.</summary>
    public static int? Find(string key, string? text) =>
        text is not null && TokenPattern().Matches(text).FirstOrDefault(match => match.Groups[1].Value == key) is { } token
            ? int.Parse(token.Groups[2].ValueSpan, provider: null)
            : null;

    [GeneratedRegex(@"\b(k[0-9a-f]{5})-(\d+)\b")]
    private static partial Regex TokenPattern();
}

/// <summary>What can be wrong with an event.</summary>
public enum Flaw
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>It can never be accepted: not what the contract of its type says.</summary>
    Malformed,

    /// <summary>Larger than its route or its service takes.</summary>
    TooLarge,

    /// <summary>Its sender proves to be somebody else, or nobody.</summary>
    Unauthorised,
}
