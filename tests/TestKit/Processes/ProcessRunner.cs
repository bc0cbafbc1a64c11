using System.Diagnostics;

namespace EventSourcing.TestKit.Processes;

/// <summary>Runs a program to its end, with captured output and a deadline.</summary>
public static class ProcessRunner
{
    /// <summary>A minute: ample for every tool here on a busy machine.</summary>
    public static readonly TimeSpan DefaultTimeout = TimeSpan.FromSeconds(60);

    /// <exception cref="TimeoutException">It did not end in time and was killed; the message holds what it had printed.</exception>
    /// <exception cref="System.ComponentModel.Win32Exception">There is no such program.</exception>
    public static async Task<ProcessResult> RunAsync(
        string program,
        IEnumerable<string> arguments,
        string? input = null,
        IReadOnlyDictionary<string, string?>? environment = null,
        string? workingDirectory = null,
        TimeSpan? timeout = null,
        CancellationToken stop = default)
    {
        var limit = timeout ?? DefaultTimeout;
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(stop);
        deadline.CancelAfter(limit);

        using var process = Process.Start(StartInfo(program, arguments, environment, workingDirectory))!;
        using var guard = ChildProcesses.Guard(process);
        var output = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        var error = process.StandardError.ReadToEndAsync(CancellationToken.None);
        try
        {
            await WriteInputAsync(process, input, deadline.Token);
            await process.WaitForExitAsync(deadline.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            stop.ThrowIfCancellationRequested();
            var partial = new ProcessResult(Describe(program, arguments), -1, await output, await error);
            throw new TimeoutException($"Killed after {limit.TotalSeconds:0.#} s. {partial}");
        }

        return new ProcessResult(Describe(program, arguments), process.ExitCode, await output, await error);
    }

    internal static ProcessStartInfo StartInfo(
        string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string?>? environment, string? workingDirectory)
    {
        var info = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = workingDirectory ?? "",
        };
        foreach (var (name, value) in environment ?? new Dictionary<string, string?>())
        {
            info.Environment[name] = value;
        }

        return info;
    }

    internal static string Describe(string program, IEnumerable<string> arguments)
    {
        var text = string.Join(' ', arguments.Prepend(Path.GetFileName(program)));
        return text.Length > 400 ? text[..400] + "…" : text;
    }

    private static async Task WriteInputAsync(Process process, string? input, CancellationToken stop)
    {
        try
        {
            await process.StandardInput.WriteAsync((input ?? "").AsMemory(), stop);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // The program ended without reading all of its input; its exit code and output tell why.
        }
    }
}
