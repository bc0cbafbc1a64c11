using EventSourcing.TestKit;
using EventSourcing.TestKit.Processes;

namespace EventSourcing.Benchmarks.Processes;

/// <summary>A program of this solution as a process of its own, from where the build put it, with a folder for its data. Both end with it.</summary>
internal sealed class ChildProgram : IAsyncDisposable
{
#if DEBUG
    private const string Configuration = "Debug";
#else
    private const string Configuration = "Release";
#endif

    private readonly TempFolder _folder;
    private readonly TestProcess _process;

    private ChildProgram(TempFolder folder, TestProcess process) => (_folder, _process) = (folder, process);

    public int Id => _process.Id;

    /// <summary>Whether it runs.</summary>
    public string State => _process.HasExited ? $"has ended with {_process.ExitCode}" : "runs";

    /// <summary>What it has printed.</summary>
    public string Output => _process.Output;

    /// <summary>Starts it and waits until it is ready.</summary>
    /// <param name="project">Folder of the project, from the repository's root.</param>
    /// <param name="isReady">Asked until it is true.</param>
    /// <param name="arguments">Arguments, given the program's folder.</param>
    /// <param name="environment">Environment variables, given the program's folder.</param>
    /// <param name="stop">Ends the wait.</param>
    /// <exception cref="InvalidOperationException">The program ended first, or is not ready in time; the message holds its output.</exception>
    public static async Task<ChildProgram> StartAsync(
        string project,
        Func<CancellationToken, Task<bool>> isReady,
        Func<string, IEnumerable<string>>? arguments = null,
        Func<string, IReadOnlyDictionary<string, string?>>? environment = null,
        CancellationToken stop = default)
    {
        var name = Path.GetFileName(project);
        var program = Repository.PathOf($"{project}/bin/{Configuration}/net10.0/{name}.dll");
        var folder = new TempFolder(name);
        var variables = new Dictionary<string, string?>(environment?.Invoke(folder.Path) ?? new Dictionary<string, string?>())
        {
            ["DOTNET_EnableDiagnostics"] = "0", // or a killed process leaves the runtime's pipes in the temporary folder
        };
        var process = TestProcess.Start("dotnet", [program, .. arguments?.Invoke(folder.Path) ?? []], variables, Path.GetDirectoryName(program));
        var started = new ChildProgram(folder, process);
        try
        {
            await Eventually.TrueAsync(async token => process.HasExited || await isReady(token), $"{name} is ready", stop: stop);
            return process.HasExited ? throw new InvalidOperationException($"{name} ended with {process.ExitCode}:\n{process.Output}") : started;
        }
        catch (TimeoutException late)
        {
            await started.DisposeAsync();
            throw new InvalidOperationException($"{late.Message}\n{process.Output}", late);
        }
        catch
        {
            await started.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
        _folder.Dispose();
    }
}
