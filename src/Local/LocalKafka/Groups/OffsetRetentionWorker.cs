using Microsoft.Extensions.Logging;

namespace EventSourcing.LocalKafka.Groups;

/// <summary>Deletes committed offsets that are over their time, and groups that have nothing left, in intervals.</summary>
internal sealed class OffsetRetentionWorker : IAsyncDisposable
{
    private readonly GroupCoordinator _groups;
    private readonly ILogger _logger;
    private readonly IntervalWorker _worker;

    public OffsetRetentionWorker(GroupCoordinator groups, TimeSpan retention, TimeSpan interval, TimeProvider time, ILogger logger)
    {
        (_groups, _logger) = (groups, logger);
        _worker = new IntervalWorker("offset retention", interval, time, _ => DeleteExpired(time.GetUtcNow() - retention), logger);
    }

    public ValueTask DisposeAsync() => _worker.DisposeAsync();

    private void DeleteExpired(DateTimeOffset limit)
    {
        try
        {
            _groups.DeleteExpired(limit);
        }
        catch (IOException exception)
        {
            Log.OffsetRetentionFailed(_logger, exception);
        }
    }
}
