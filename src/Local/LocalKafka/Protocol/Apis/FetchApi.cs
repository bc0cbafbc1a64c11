using EventSourcing.LocalKafka.Storage;
using EventSourcing.LocalKafka.Topics;

namespace EventSourcing.LocalKafka.Protocol.Apis;

/// <summary>API 1: reads records, and waits for them until <c>min_bytes</c> are there or <c>max_wait</c> is over. Fetch sessions are refused: every fetch is a full one.</summary>
internal sealed class FetchApi(TopicCatalogue topics, TimeProvider time) : KafkaApi
{
    public override ApiKey Key => ApiKey.Fetch;

    public override VersionRange Versions { get; } = new(4, 12, FirstFlexible: 12);

    public override async ValueTask HandleAsync(KafkaRequest request, CancellationToken stop)
    {
        var fetch = FetchRequest.Read(request.Body, request.Version);
        if (fetch.SessionId != 0)
        {
            Write(request, ErrorCode.FetchSessionIdNotFound, []);
            return;
        }

        var rotation = request.CorrelationId;
        var found = FetchPlan.Read(topics, fetch, rotation);
        if (!found.IsEnough)
            found = await WaitAsync(fetch, found, rotation, stop);
        Write(request, ErrorCode.None, found.Topics);
    }

    private async ValueTask<FetchPlan> WaitAsync(FetchRequest fetch, FetchPlan found, int rotation, CancellationToken stop)
    {
        var waiter = new FetchWaiter(fetch.MinBytes - found.Bytes, fetch.Isolation);
        var watched = found.Partitions;
        foreach (var partition in watched)
            partition.Log?.Waiters.Add(waiter);
        try
        {
            // What was appended since the first look has not told the waiter: look again before waiting.
            found.Release();
            found = FetchPlan.Read(topics, fetch, rotation);
            if (found.IsEnough)
                return found;
            found.Release();
            await waiter.WaitAsync(TimeSpan.FromMilliseconds(fetch.MaxWaitMs), time, stop);
        }
        finally
        {
            foreach (var partition in watched)
                partition.Log?.Waiters.Remove(waiter);
        }

        return FetchPlan.Read(topics, fetch, rotation);
    }

    private static void Write(KafkaRequest request, ErrorCode error, IReadOnlyList<FetchedTopic> found)
    {
        var (response, version) = (request.Response, request.Version);
        response.WriteInt32(0);
        if (version >= 7)
        {
            response.WriteError(error);
            response.WriteInt32(0);
        }

        response.WriteArray(found, (writer, topic) =>
        {
            writer.WriteString(topic.Name);
            writer.WriteArray(topic.Partitions, (inner, partition) => WritePartition(inner, version, partition));
            writer.WriteTags();
        });
        response.WriteTags();
    }

    private static void WritePartition(KafkaWriter response, short version, FetchedPartition partition)
    {
        var result = partition.Result;
        response.WriteInt32(partition.Request.Index);
        response.WriteError(result.Error);
        response.WriteInt64(result.HighWatermark);
        response.WriteInt64(result.LastStableOffset);
        if (version >= 5)
            response.WriteInt64(result.LogStartOffset);
        WriteAborted(response, result.Aborted ?? []);
        if (version >= 11)
            response.WriteInt32(-1); // preferred read replica
        response.WriteRecords(result.Records);
        response.WriteTags();
    }

    private static void WriteAborted(KafkaWriter response, IReadOnlyList<AbortedTransaction> aborted)
    {
        response.WriteArrayLength(aborted.Count);
        foreach (var transaction in aborted)
        {
            response.WriteInt64(transaction.ProducerId);
            response.WriteInt64(transaction.FirstOffset);
            response.WriteTags();
        }
    }
}
