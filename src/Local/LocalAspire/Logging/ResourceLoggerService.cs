using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>A line of a resource's console log.</summary>
/// <param name="LineNumber">Counts from 1 for each reader.</param>
/// <param name="Content">The text, after its time in UTC (ISO 8601).</param>
/// <param name="IsErrorMessage">Whether it came from standard error.</param>
public readonly record struct LogLine(int LineNumber, string Content, bool IsErrorMessage);

/// <summary>The console logs of the resources: what their processes write, and what the AppHost writes about them.</summary>
public class ResourceLoggerService
{
    private const int ReaderCapacity = 4096;
    private readonly ConcurrentDictionary<string, ResourceLog> _logs = new(StringComparer.OrdinalIgnoreCase);

    internal ResourceLoggerService()
    {
    }

    /// <summary>The output of the processes; set by the orchestrator.</summary>
    internal IProcessOutput? ProcessOutput { get; set; }

    /// <summary>A logger that writes to the console logs of all instances of a resource.</summary>
    public ILogger GetLogger(IResource resource) => new ResourceLogger([.. resource.InstanceIds().Select(Log)]);

    /// <summary>A logger that writes to the console log of an instance, or of a resource that runs no process.</summary>
    public ILogger GetLogger(string resourceName) => new ResourceLogger([Log(resourceName)]);

    /// <summary>The console log of a resource from its beginning, then what is added to it.</summary>
    public IAsyncEnumerable<IReadOnlyList<LogLine>> WatchAsync(IResource resource) => WatchAsync(resource.InstanceIds());

    /// <summary>The console log of an instance from its beginning, then what is added to it.</summary>
    public IAsyncEnumerable<IReadOnlyList<LogLine>> WatchAsync(string resourceName) => WatchAsync([resourceName]);

    /// <summary>The console log of an instance as it is now.</summary>
    internal async IAsyncEnumerable<IReadOnlyList<LogLine>> GetAllAsync(string resourceName, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        IReadOnlyList<LogLine> written = ProcessOutput is { } output ? await output.ReadAsync(resourceName, cancellationToken) : [];
        yield return [.. Log(resourceName).Kept().Concat(written).Select((line, i) => line with { LineNumber = i + 1 })];
    }

    private async IAsyncEnumerable<IReadOnlyList<LogLine>> WatchAsync(
        IReadOnlyList<string> ids, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var channel = Channel.CreateBounded<LogLine>(ReaderCapacity);
        var sources = Task.WhenAll(ids.SelectMany(id => Sources(id, channel.Writer, stop.Token)));
        _ = sources.ContinueWith(t => channel.Writer.TryComplete(t.Exception?.InnerException), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        var lineNumber = 0;
        try
        {
            while (await channel.Reader.WaitToReadAsync(stop.Token))
            {
                var lines = new List<LogLine>();
                while (channel.Reader.TryRead(out var line))
                    lines.Add(line with { LineNumber = ++lineNumber });
                yield return lines;
            }
        }
        finally
        {
            await stop.CancelAsync();
            await sources.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private IEnumerable<Task> Sources(string id, ChannelWriter<LogLine> lines, CancellationToken stop)
    {
        yield return Log(id).FollowAsync(lines, stop);
        if (ProcessOutput is { } output)
            yield return output.FollowAsync(id, lines, stop);
    }

    private ResourceLog Log(string id) => _logs.GetOrAdd(id, _ => new ResourceLog());
}
