using EventSourcing.LocalKafka.Storage;
using EventSourcing.LocalKafka.Topics;

namespace EventSourcing.LocalKafka.Protocol.Apis;

/// <summary>
/// What a fetch would return now. Partitions are looked at in an order that rotates from fetch to fetch, so that a busy one cannot keep the
/// others out; they are answered in the order they were asked for.
/// </summary>
internal sealed class FetchPlan
{
    /// <summary>Kafka's default of the broker setting <c>fetch.max.bytes</c>.</summary>
    private const int MaxResponseBytes = 57_671_680;

    private FetchPlan(IReadOnlyList<FetchedTopic> topics, List<FetchedPartition> partitions, FetchRequest fetch)
    {
        Topics = topics;
        Partitions = partitions;
        Bytes = partitions.Sum(partition => (long)partition.Result.Records.Length);
        IsEnough = Bytes >= fetch.MinBytes || fetch.MaxWaitMs == 0 || partitions.Count == 0 || partitions.Exists(partition => partition.Result.Error != ErrorCode.None);
    }

    public IReadOnlyList<FetchedTopic> Topics { get; }

    public IReadOnlyList<FetchedPartition> Partitions { get; }

    public long Bytes { get; }

    /// <summary>Must be answered at once: enough records, an error, or a client that does not wait.</summary>
    public bool IsEnough { get; }

    public static FetchPlan Read(TopicCatalogue catalogue, FetchRequest fetch, int rotation)
    {
        var topics = fetch.Topics.Select(topic => new FetchedTopic(topic.Name, [.. topic.Partitions.Select(partition => new FetchedPartition(partition, catalogue.FindPartition(topic.Name, partition.Index)))])).ToList();
        var partitions = topics.SelectMany(topic => topic.Partitions).ToList();
        var left = Math.Min(fetch.MaxBytes, MaxResponseBytes);
        var isFirst = true;
        for (var i = 0; i < partitions.Count; i++)
        {
            var partition = partitions[(int)(((uint)rotation + (uint)i) % (uint)partitions.Count)];
            partition.Read(left, isFirst, fetch.Isolation);
            left = Math.Max(0, left - partition.Result.Records.Length);
            isFirst &= partition.Result.Records.Length == 0;
        }

        return new FetchPlan(topics, partitions, fetch);
    }

    public void Release()
    {
        foreach (var partition in Partitions)
            partition.Result.Records.Release();
    }
}

/// <summary>One topic of a fetch response.</summary>
internal sealed record FetchedTopic(string Name, IReadOnlyList<FetchedPartition> Partitions);

/// <summary>One partition of a fetch response.</summary>
internal sealed class FetchedPartition(FetchPartitionRequest request, PartitionLog? log)
{
    public FetchPartitionRequest Request { get; } = request;

    public PartitionLog? Log { get; } = log;

    public LogReadResult Result { get; private set; }

    public void Read(int maxBytes, bool atLeastOneBatch, IsolationLevel isolation) => Result = (Log, Request.LeaderEpoch) switch
    {
        (null, _) => LogReadResult.Failed(ErrorCode.UnknownTopicOrPartition),
        (_, > PartitionLog.LeaderEpoch) => LogReadResult.Failed(ErrorCode.UnknownLeaderEpoch),
        _ => Log.Read(Request.Offset, Math.Min(maxBytes, Request.MaxBytes), atLeastOneBatch, isolation),
    };
}
