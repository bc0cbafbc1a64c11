using System.Reflection;
using System.Text.RegularExpressions;

namespace EventSourcing.LocalKafka.Tests.Judges.Compatibility;

/// <summary>How one case of one client ended on one broker.</summary>
/// <param name="Client">The client.</param>
/// <param name="Method">The test.</param>
/// <param name="Details">The arguments of the test beside the broker; empty when there are none.</param>
/// <param name="Broker">The broker.</param>
/// <param name="Result">How the test ended.</param>
internal sealed partial record Verdict(string Client, MethodInfo Method, string Details, BrokerKind Broker, TestResult Result)
{
    /// <summary>The test's name as a sentence.</summary>
    public string Case
    {
        get
        {
            var words = WordStart().Replace(Method.Name.Replace('_', ' '), match => $" {match.Value.ToLowerInvariant()}");
            var sentence = words[0] + WordAfterSpace().Replace(words[1..], match => match.Value.ToLowerInvariant());
            return Details.Length == 0 ? sentence : $"{sentence} ({Details})";
        }
    }

    [GeneratedRegex("(?<=[a-z])[A-Z]|(?<=[A-Z])[A-Z](?=[a-z])")]
    private static partial Regex WordStart();

    [GeneratedRegex(" [A-Z]")]
    private static partial Regex WordAfterSpace();
}
