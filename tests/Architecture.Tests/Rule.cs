namespace EventSourcing.Architecture.Tests;

/// <summary>States a rule: every breach is listed, with what to do about it.</summary>
internal static class Rule
{
    /// <param name="breaches">Each one names the file and what is wrong with it.</param>
    /// <param name="remedy">What whoever sees the failure should do.</param>
    public static void Holds(IEnumerable<string> breaches, string remedy)
    {
        var list = breaches.Order(StringComparer.Ordinal).ToArray();
        if (list.Length > 0)
        {
            Assert.Fail($"{string.Join('\n', list.Select(breach => "  " + breach))}\nWhat to do: {remedy}");
        }
    }
}
