using System.Reflection;
using EventSourcing.TestKit;

[assembly: AssemblyFixture(typeof(EventSourcing.LocalKafka.Tests.Judges.Compatibility.CompatibilityPage))]

namespace EventSourcing.LocalKafka.Tests.Judges.Compatibility;

/// <summary>
/// At the end of a run in which every judge was heard on both brokers: writes <c>docs/kafka-compatibility.md</c>. In CI, where nobody would
/// commit it, a page that differs from the committed one fails the run.
/// </summary>
public sealed class CompatibilityPage : IDisposable
{
    private const string Name = "docs/kafka-compatibility.md";

    public void Dispose()
    {
        if (!IsComplete())
            return;
        var path = Repository.PathOf(Name);
        var found = CompatibilityTable.Render(JudgedByAttribute.Verdicts);
        if (File.Exists(path) && File.ReadAllText(path) == found)
            return;
        File.WriteAllText(path, found);
        var advice = $"{Name} did not say what this run found and was written anew. Look at `git diff {Name}`: commit it when the change is meant. "
            + "Where there is no working tree to commit from, run ./test.sh LocalKafka.Tests on a machine that has KAFKA_HOME, kcat and the Node.js clients.";
        if (Requires.Ci)
            throw new InvalidOperationException(advice);
        TestContext.Current.SendDiagnosticMessage(advice);
        Console.Error.WriteLine(advice);
    }

    private static bool IsComplete()
    {
        var heard = JudgedByAttribute.Verdicts.Where(verdict => verdict.Result is TestResult.Passed or TestResult.Failed)
            .Select(verdict => (verdict.Method.DeclaringType, verdict.Method.Name, verdict.Broker)).ToHashSet();
        return JudgedByAttribute.Verdicts.All(verdict => verdict.Result is TestResult.Passed or TestResult.Failed)
            && Judgements().All(test => Enum.GetValues<BrokerKind>().All(broker => heard.Contains((test.DeclaringType, test.Name, broker))));
    }

    private static IEnumerable<MethodInfo> Judgements() =>
        from type in typeof(CompatibilityPage).Assembly.GetTypes()
        where type.IsDefined(typeof(JudgedByAttribute))
        from method in type.GetMethods()
        where method.IsDefined(typeof(FactAttribute), inherit: true)
        select method;
}
