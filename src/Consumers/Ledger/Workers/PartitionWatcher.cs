using Confluent.Kafka;
using Confluent.Kafka.Admin;
using Microsoft.Extensions.Options;

namespace EventSourcing.Ledger;

/// <summary>Looks at the topics every interval: finds new partitions and tells the book where all of them end.</summary>
internal sealed class PartitionWatcher(
    LedgerClients clients, NewPartitions newPartitions, LedgerBook book, IOptions<LedgerOptions> options, TimeProvider time, ILogger<PartitionWatcher> logger)
    : BackgroundService
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(2);

    private readonly HashSet<TopicPartition> _known = [];
    private readonly HashSet<string> _topics = [.. options.Value.Topics, options.Value.DeadLetterTopic];
    private long _lastLook;
    private bool _warned;

    /// <summary>When the last look succeeded; null before the first.</summary>
    public DateTimeOffset? LastLook => Volatile.Read(ref _lastLook) is var ticks and not 0 ? new DateTimeOffset(ticks, TimeSpan.Zero) : null;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var admin = clients.CreateAdmin();
        using var timer = new PeriodicTimer(options.Value.WatchInterval, time);
        try
        {
            do
                await LookAsync(admin);
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // A stop, not an error.
        }
    }

    private async Task LookAsync(IAdminClient admin)
    {
        try
        {
            var takenAt = time.GetUtcNow();
            var partitions = await Task.Run(() => Partitions(admin));
            await AnnounceAsync(admin, [.. partitions.Where(partition => !_known.Contains(partition))]);
            var before = book.Positions();
            var ends = await OffsetsAsync(admin, partitions, OffsetSpec.Latest());
            if (book.FindCutOff(before, ends) is > 0 and var lost)
                Log.CutOff(logger, lost);
            book.SetEnds(takenAt, ends);
            Volatile.Write(ref _lastLook, takenAt.UtcTicks);
            _warned = false;
        }
        catch (KafkaException exception) when (!exception.Error.IsFatal)
        {
            if (!_warned)
                Log.BrokersUnreachable(logger, options.Value.BootstrapServers, exception.Error.Reason);
            _warned = true;
        }
    }

    /// <summary>All topics' metadata, not each topic's: asking for one that does not exist would create it on a broker that auto-creates.</summary>
    private List<TopicPartition> Partitions(IAdminClient admin) =>
        [.. admin.GetMetadata(Timeout).Topics
            .Where(topic => topic.Error.Code == ErrorCode.NoError && _topics.Contains(topic.Topic))
            .SelectMany(topic => topic.Partitions.Select(partition => new TopicPartition(topic.Topic, partition.PartitionId)))];

    private async Task AnnounceAsync(IAdminClient admin, List<TopicPartition> fresh)
    {
        if (fresh.Count == 0)
            return;
        var starts = options.Value.Since is { } since
            ? await OffsetsAsync(admin, fresh, OffsetSpec.ForTimestamp(since.ToUnixTimeMilliseconds()))
            : null;
        foreach (var partition in fresh)
        {
            // -1: no record is as young as that yet.
            var start = starts?[partition] switch { null => Offset.Beginning, < 0 => Offset.End, var offset => new Offset(offset.Value) };
            newPartitions.Add(new TopicPartitionOffset(partition, start));
            _known.Add(partition);
        }
    }

    private static async Task<Dictionary<TopicPartition, long>> OffsetsAsync(IAdminClient admin, List<TopicPartition> partitions, OffsetSpec spec)
    {
        if (partitions.Count == 0)
            return [];
        var answer = await admin.ListOffsetsAsync(
            partitions.Select(partition => new TopicPartitionOffsetSpec { TopicPartition = partition, OffsetSpec = spec }),
            new ListOffsetsOptions { RequestTimeout = Timeout, IsolationLevel = IsolationLevel.ReadCommitted });
        return answer.ResultInfos.ToDictionary(info => info.TopicPartitionOffsetError.TopicPartition, info => info.TopicPartitionOffsetError.Offset.Value);
    }
}
