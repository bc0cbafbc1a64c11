using System.Diagnostics;

namespace EventSourcing.TestKit.Processes;

/// <summary>A program that runs beside a test: watched for a line of output, stopped as an operator would, or killed.</summary>
public sealed class TestProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly IDisposable _guard;
    private readonly OutputTail _output = new();
    private readonly string _command;

    private TestProcess(Process process, string command)
    {
        _process = process;
        _command = command;
        _guard = ChildProcesses.Guard(process);
        process.OutputDataReceived += (_, line) => _output.Add(line.Data);
        process.ErrorDataReceived += (_, line) => _output.Add(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public int Id => _process.Id;

    public bool HasExited => _process.HasExited;

    /// <summary>The exit code. 128 + n after signal n.</summary>
    public int ExitCode => _process.ExitCode;

    /// <summary>The most memory that it had resident so far, bytes.</summary>
    public long PeakResidentBytes
    {
        get
        {
            _process.Refresh();
            return _process.PeakWorkingSet64;
        }
    }

    /// <summary>The last lines of standard output and standard error, in order of arrival.</summary>
    public string Output => _output.ToString();

    /// <exception cref="System.ComponentModel.Win32Exception">There is no such program.</exception>
    public static TestProcess Start(
        string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string?>? environment = null, string? workingDirectory = null)
    {
        var process = Process.Start(ProcessRunner.StartInfo(program, arguments, environment, workingDirectory))!;
        return new TestProcess(process, ProcessRunner.Describe(program, arguments));
    }

    /// <summary>Waits until a line of the output satisfies the condition, and returns it. Lines printed before the call count too.</summary>
    /// <exception cref="InvalidOperationException">The process ended first; the message holds its output.</exception>
    /// <exception cref="TimeoutException">No such line in time; the message holds its output.</exception>
    public async Task<string> WaitForLineAsync(Func<string, bool> isWanted, string what, TimeSpan? timeout = null, CancellationToken stop = default)
    {
        var limit = timeout ?? Eventually.DefaultTimeout;
        var exit = _process.WaitForExitAsync(stop);
        var line = _output.FirstAsync(isWanted, stop);
        var first = await Task.WhenAny(line, exit, Task.Delay(limit, stop));
        stop.ThrowIfCancellationRequested();
        if (line.IsCompletedSuccessfully)
        {
            return await line;
        }

        throw first == exit
            ? new InvalidOperationException($"`{_command}` exited with {ExitCode} before {what}. Its output:\n{Output}")
            : new TimeoutException($"`{_command}` did not reach {what} within {limit.TotalSeconds:0.#} s. Its output:\n{Output}");
    }

    /// <summary>Sends SIGTERM (on Windows: kills) and waits for the end.</summary>
    /// <returns>The exit code.</returns>
    /// <exception cref="TimeoutException">It was still running at the deadline and was killed.</exception>
    public async Task<int> StopAsync(TimeSpan? timeout = null, CancellationToken stop = default)
    {
        if (!HasExited)
        {
            Signals.Terminate(_process);
        }

        return await WaitForExitAsync(timeout, stop);
    }

    /// <summary>SIGKILL: no handler runs, nothing is flushed.</summary>
    public async Task KillAsync()
    {
        ChildProcesses.KillIfRunning(_process);
        await _process.WaitForExitAsync(CancellationToken.None);
    }

    /// <exception cref="TimeoutException">It was still running at the deadline and was killed.</exception>
    public async Task<int> WaitForExitAsync(TimeSpan? timeout = null, CancellationToken stop = default)
    {
        var limit = timeout ?? Eventually.DefaultTimeout;
        try
        {
            await _process.WaitForExitAsync(stop).WaitAsync(limit, stop);
            return ExitCode;
        }
        catch (TimeoutException)
        {
            await KillAsync();
            throw new TimeoutException($"`{_command}` had not ended after {limit.TotalSeconds:0.#} s and was killed. Its output:\n{Output}");
        }
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        _guard.Dispose();
        _process.Dispose();
    }
}
