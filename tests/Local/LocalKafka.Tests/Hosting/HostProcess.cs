using EventSourcing.TestKit.Processes;

namespace EventSourcing.LocalKafka.Tests.Hosting;

/// <summary>The executable, as a person starts it.</summary>
internal static class HostProcess
{
    private static readonly string Program = Path.Combine(AppContext.BaseDirectory, OperatingSystem.IsWindows() ? "LocalKafka.Host.exe" : "LocalKafka.Host");

    public static Task<ProcessResult> RunAsync(CancellationToken stop, params string[] arguments) => ProcessRunner.RunAsync(Program, arguments, stop: stop);

    /// <summary>Starts it and waits until it says that it listens.</summary>
    public static async Task<TestProcess> StartAsync(int port, string folder, CancellationToken stop, params string[] more)
    {
        var process = TestProcess.Start(Program, ["--port", $"{port}", "--data", folder, .. more]);
        await process.WaitForLineAsync(line => line == $"LocalKafka listening on 127.0.0.1:{port}, data in {folder}", "its first line", stop: stop);
        return process;
    }
}
