using System.Text;

namespace EventSourcing.CloudEvents.Tests.Vectors;

/// <summary>Reads as much of Gherkin as the conformance features use: scenarios, outlines with examples, steps, doc strings, tables.</summary>
internal static class FeatureReader
{
    private static readonly string[] Keywords = ["Given ", "When ", "Then ", "And "];

    public static IReadOnlyList<Scenario> Read(string text)
    {
        var scenarios = new List<Scenario>();
        Draft? draft = null;
        var lines = text.Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            var line = lines[i].Trim();
            if (line.StartsWith("Scenario", StringComparison.Ordinal))
            {
                scenarios.AddRange(draft?.Scenarios() ?? []);
                draft = new Draft(line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim());
            }
            else if (line == "\"\"\"")
            {
                draft?.SetDocString(DocString(lines, ref i));
            }
            else
            {
                draft?.Add(line);
            }
        }
        scenarios.AddRange(draft?.Scenarios() ?? []);
        return scenarios;
    }

    /// <summary>The lines up to the closing quotes, without the indentation of the opening ones.</summary>
    private static string DocString(string[] lines, ref int i)
    {
        var indentation = lines[i].IndexOf('"', StringComparison.Ordinal);
        var text = new StringBuilder();
        while (lines[++i].Trim() is not "\"\"\"")
            text.Append(lines[i].Length > indentation ? lines[i][indentation..].TrimEnd('\r') : "").Append('\n');
        return text.ToString(0, Math.Max(0, text.Length - 1));
    }

    private sealed class Draft(string name)
    {
        private readonly List<Step> _steps = [];
        private readonly List<IReadOnlyList<string>> _examples = [];
        private List<IReadOnlyList<string>>? _table;

        public void Add(string line)
        {
            if (line.StartsWith('|'))
                _table?.Add([.. line.Trim('|').Split('|').Select(static cell => cell.Trim())]);
            else if (line == "Examples:")
                _table = _examples;
            else if (Keywords.FirstOrDefault(keyword => line.StartsWith(keyword, StringComparison.Ordinal)) is { } keyword)
                _steps.Add(new Step(line[keyword.Length..], "", _table = []));
        }

        public void SetDocString(string text) => _steps[^1] = _steps[^1] with { DocString = text };

        public IEnumerable<Scenario> Scenarios() =>
            _examples.Count == 0 ? [new Scenario(name, _steps)] : _examples.Skip(1).Select(row => Fill(text => Replace(text, row)));

        private Scenario Fill(Func<string, string> fill) => new(fill(name), [.. _steps.Select(step => new Step(
            fill(step.Text), fill(step.DocString), [.. step.Table.Select(row => row.Select(fill).ToArray())]))]);

        private string Replace(string text, IReadOnlyList<string> row)
        {
            for (var column = 0; column < row.Count; column++)
                text = text.Replace($"<{_examples[0][column]}>", row[column], StringComparison.Ordinal);
            return text;
        }
    }
}
