using EventSourcing.TestKit;
using EventSourcing.TestKit.Processes;

namespace EventSourcing.TextConsumer.Tests;

/// <summary>The two programs as a person runs them: processes of their own.</summary>
internal static class Programs
{
    public static Task<ProcessResult> RunAsync(string program, string[] arguments, params (string Name, string? Value)[] environment) => ProcessRunner.RunAsync(
        "dotnet", [PathOf(program), .. arguments], environment: environment.ToDictionary(pair => pair.Name, pair => pair.Value),
        timeout: TimeSpan.FromMinutes(2), stop: TestContext.Current.CancellationToken);

    public static TestProcess Start(string program, string[] arguments, params (string Name, string? Value)[] environment) =>
        TestProcess.Start("dotnet", [PathOf(program), .. arguments], environment.ToDictionary(pair => pair.Name, pair => pair.Value));

    /// <summary>In the program's own output folder: the tests' folder has other frameworks behind it.</summary>
    private static string PathOf(string program)
    {
        var output = Path.GetRelativePath(Repository.PathOf("tests/Consumers/TextConsumer.Tests"), AppContext.BaseDirectory);
        var folder = program == "TextConsumer" ? "src/Consumers/TextConsumer" : "src/Simulators/TextProducer";
        return Path.Combine(Repository.PathOf(folder), output, $"{program}.dll");
    }
}
