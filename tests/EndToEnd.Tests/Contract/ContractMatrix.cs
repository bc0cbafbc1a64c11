using System.Collections.Concurrent;
using System.Text;
using EventSourcing.TestKit;

namespace EventSourcing.EndToEnd.Tests.Contract;

/// <summary>
/// Notes how each cell ended. At the end of a run in which every cell was tried it writes <c>docs/contract-matrix.md</c>; in CI, where nobody would commit it,
/// a page that differs from the committed one fails the run, unless a cell has failed it already.
/// </summary>
public sealed class ContractMatrix : IDisposable
{
    private const string Page = "docs/contract-matrix.md";
    private const string Fails = "**fails**";
    private const string Introduction = """
        # The producer contract, case by case

        One set of cases, run against every kind of producer in the running topology, on LocalKafka, by clients that were not written for it; kcat reads what arrived. Written by
        [ProducerContractTests](../tests/EndToEnd.Tests/Contract); do not edit it. `./test.sh EndToEnd.Tests` runs them and writes the page anew; in CI a page that does not say what the run
        found fails it. What a producer promises beyond that is in its own README.


        """;

    private readonly ConcurrentDictionary<(string Title, string Producer), string> _cells = [];
    private readonly ConcurrentDictionary<(string Title, string Producer), string> _reasons = [];

    /// <summary>Runs a case and notes whether it held.</summary>
    public async Task NoteAsync(string title, string producer, Func<Task> run)
    {
        _cells[(title, producer)] = Fails;
        await run();
        _cells[(title, producer)] = "passes";
    }

    /// <summary>The case says nothing about this producer.</summary>
    public void NotApplicable(string title, string producer, string reason)
    {
        _reasons[(title, producer)] = reason;
        _cells[(title, producer)] = "not applicable";
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_cells.Count < ContractCases.Titles.Count * ContractCases.Kinds.Count)
            return;
        var path = Repository.PathOf(Page);
        var found = Render();
        if (File.Exists(path) && File.ReadAllText(path) == found)
            return;
        File.WriteAllText(path, found);
        var advice = $"{Page} did not say what this run found and was written anew. Look at `git diff {Page}`: commit it when the change is meant.";
        if (Requires.Ci && !_cells.Values.Contains(Fails))
            throw new InvalidOperationException(advice);
        Console.Error.WriteLine(advice);
    }

    private string Render()
    {
        var producers = ContractCases.Kinds.Select(ContractCases.NameOf).ToArray();
        var page = new StringBuilder(Introduction.ReplaceLineEndings("\n"));
        var notes = new List<string>();
        page.Append($"| case | {string.Join(" | ", producers)} |\n|{string.Concat(Enumerable.Repeat(" --- |", producers.Length + 1))}\n");
        foreach (var title in ContractCases.Titles)
            page.Append($"| {title} | {string.Join(" | ", producers.Select(producer => Cell((title, producer), notes)))} |\n");
        page.Append('\n');
        for (var i = 0; i < notes.Count; i++)
            page.Append($"{i + 1}. {notes[i]}\n");
        return page.ToString();
    }

    private string Cell((string Title, string Producer) cell, List<string> notes)
    {
        if (!_reasons.TryGetValue(cell, out var reason))
            return _cells[cell];
        if (!notes.Contains(reason))
            notes.Add(reason);
        return $"{_cells[cell]} ({notes.IndexOf(reason) + 1})";
    }
}
