using EventSourcing.TestKit;
using EventSourcing.TestKit.Processes;

namespace LocalAspire.Tests.Faults;

/// <summary>The sample AppHost as a process, and whatever it started, found by a mark in the environment.</summary>
internal sealed class AppHostProcess : IAsyncDisposable
{
    private const string MarkName = "LOCALASPIRE_TEST_RUN";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);
    private readonly string _mark = $"{MarkName}={Guid.NewGuid():N}";
    private readonly TestProcess _process;

    private AppHostProcess(string[] arguments)
    {
        _process = TestProcess.Start(
            Path.Combine(AppContext.BaseDirectory, "LocalAspire.SampleAppHost"),
            ["--no-dashboard", "--DcpPublisher:RandomizePorts=true", .. arguments],
            environment: new Dictionary<string, string?> { [MarkName] = _mark[(MarkName.Length + 1)..] });
        Id = _process.Id;
    }

    public int Id { get; }

    public string Output => _process.Output;

    public static AppHostProcess Start(params string[] arguments) => new(arguments);

    public Task StartedAsync(CancellationToken stop) =>
        _process.WaitForLineAsync(line => line.Contains("Distributed application started", StringComparison.Ordinal), "the start", Patience, stop);

    public Task<int> EndAsync(CancellationToken stop) => _process.WaitForExitAsync(Patience, stop);

    public Task<int> TerminateAsync(CancellationToken stop) => _process.StopAsync(Patience, stop);

    /// <summary>Waits until nothing that the AppHost started is there any more.</summary>
    public Task NothingLeftAsync(CancellationToken stop) =>
        Eventually.ValueAsync(_ => Task.FromResult(string.Join(", ", Started())), left => left.Length == 0, "nothing is left running", stop: stop);

    /// <summary>Commands and ids of the processes of this run, the AppHost excepted.</summary>
    public IEnumerable<string> Started() => Directory.EnumerateDirectories("/proc")
        .Select(directory => Path.GetFileName(directory))
        .Where(name => int.TryParse(name, out var id) && id != Id && IsOfThisRun(name))
        .Select(name => $"{name} {ReadOrEmpty($"/proc/{name}/cmdline").Replace('\0', ' ')}");

    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
        foreach (var left in Started())
            await ProcessRunner.RunAsync("kill", ["-9", left.Split(' ')[0]]);
    }

    private bool IsOfThisRun(string id) => ReadOrEmpty($"/proc/{id}/environ").Split('\0').Contains(_mark);

    private static string ReadOrEmpty(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return ""; // the process ended, or is not ours
        }
    }
}
