using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.Extensions.Hosting;

namespace EventSourcing.AppHost.Running;

/// <summary>Knows the processes of the topology and what memory they take together; containers and servers of yours are not among them.</summary>
internal sealed class TopologyMemory(ResourceNotificationService notifications) : BackgroundService
{
    private const string ProcessId = "executable.pid"; // as Aspire's dashboard shows it
    private readonly ConcurrentDictionary<string, int> _processes = new();

    /// <summary>One line: all of it, and each resource from the largest down.</summary>
    public string Describe()
    {
        var parts = _processes
            .Select(process => (Name: process.Key, Bytes: ProcessMemory.Of(process.Value)))
            .Where(part => part.Bytes > 0)
            .OrderByDescending(part => part.Bytes)
            .ToList();
        var largest = string.Join(", ", parts.Select(part => $"{part.Name} {Megabytes(part.Bytes)}"));
        return $"resident memory: {Megabytes(parts.Sum(part => part.Bytes))} MB in {parts.Count} processes ({largest})";
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await foreach (var change in notifications.WatchAsync(stoppingToken))
            {
                if (change.Snapshot.Properties.FirstOrDefault(property => property.Name == ProcessId)?.Value is { } id)
                    _processes[change.ResourceId] = Convert.ToInt32(id, CultureInfo.InvariantCulture);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // the run is over
        }
    }

    private static string Megabytes(long bytes) => (bytes / 1e6).ToString("N0", CultureInfo.InvariantCulture);
}
