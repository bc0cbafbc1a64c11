using System.Collections.Concurrent;
using System.Reflection;
using Xunit.v3;

namespace EventSourcing.LocalKafka.Tests.Judges.Compatibility;

/// <summary>Names the client that the tests of a class judge a broker with, and notes how each of them ended.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class JudgedByAttribute(string client) : BeforeAfterTestAttribute
{
    private static readonly ConcurrentQueue<Verdict> All = new();

    public static IReadOnlyCollection<Verdict> Verdicts => All;

    public string Client { get; } = client;

    public override void After(MethodInfo methodUnderTest, IXunitTest test)
    {
        var arguments = methodUnderTest.GetParameters().Zip(test.TestMethodArguments, (parameter, value) => (parameter.Name, Value: value)).ToArray();
        var broker = arguments.Select(argument => argument.Value).OfType<BrokerKind>().Single();
        var details = arguments.Where(argument => argument.Value is not BrokerKind).Select(argument => $"{argument.Name}: {argument.Value}");
        All.Enqueue(new Verdict(Client, methodUnderTest, string.Join(", ", details), broker, TestContext.Current.TestState?.Result ?? TestResult.NotRun));
    }
}
