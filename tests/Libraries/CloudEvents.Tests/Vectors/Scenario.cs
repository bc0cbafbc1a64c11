namespace EventSourcing.CloudEvents.Tests.Vectors;

/// <summary>One scenario of a .feature file, its examples filled in.</summary>
internal sealed record Scenario(string Name, IReadOnlyList<Step> Steps)
{
    /// <summary>The step whose text starts so, keyword aside.</summary>
    public Step Step(string start) => Steps.Single(step => step.Text.StartsWith(start, StringComparison.Ordinal));
}

/// <summary>A step with its doc string or table, if it has one.</summary>
internal sealed record Step(string Text, string DocString, IReadOnlyList<IReadOnlyList<string>> Table)
{
    /// <summary>The table without its heading, as pairs.</summary>
    public IReadOnlyDictionary<string, string> Pairs => Table.Skip(1).ToDictionary(static row => row[0], static row => row[1]);
}
