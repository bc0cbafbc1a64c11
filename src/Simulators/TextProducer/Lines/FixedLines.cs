namespace EventSourcing.TextProducer.Lines;

/// <summary>The three lines of the original: 22, 31 and 29 bytes.</summary>
internal static class FixedLines
{
    public static readonly IReadOnlyList<string> All =
    [
        "this is the first line",
        "and we like the second line too",
        "no at least the bye bye. line",
    ];
}
