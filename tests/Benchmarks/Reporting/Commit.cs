using EventSourcing.TestKit;
using EventSourcing.TestKit.Processes;

namespace EventSourcing.Benchmarks.Reporting;

/// <summary>What was measured.</summary>
internal static class Commit
{
    /// <summary>As <c>git describe</c> names it; <c>unknown</c> without git.</summary>
    public static async Task<string> DescribeAsync(CancellationToken stop)
    {
        try
        {
            var describe = await ProcessRunner.RunAsync("git", ["describe", "--always", "--dirty", "--abbrev=12"], workingDirectory: Repository.Root, stop: stop);
            return describe.ExitCode == 0 ? describe.StandardOutput.Trim() : "unknown";
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return "unknown";
        }
    }
}
