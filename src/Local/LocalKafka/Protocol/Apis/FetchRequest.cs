using EventSourcing.LocalKafka.Storage;

namespace EventSourcing.LocalKafka.Protocol.Apis;

/// <summary>The body of a fetch.</summary>
internal sealed record FetchRequest(int MaxWaitMs, int MinBytes, int MaxBytes, IsolationLevel Isolation, int SessionId, IReadOnlyList<FetchTopicRequest> Topics)
{
    public static FetchRequest Read(KafkaReader body, short version)
    {
        body.ReadInt32(); // replica id
        var (maxWait, minBytes, maxBytes) = (body.ReadInt32(), body.ReadInt32(), body.ReadInt32());
        var isolation = (IsolationLevel)body.ReadInt8();
        var sessionId = version >= 7 ? body.ReadInt32() : 0;
        if (version >= 7)
            body.ReadInt32(); // session epoch
        var topics = body.ReadArray(reader => FetchTopicRequest.Read(reader, version));
        return new FetchRequest(Math.Max(0, maxWait), minBytes, maxBytes, isolation, sessionId, topics);
    }
}

/// <summary>The partitions of one topic in a fetch.</summary>
internal sealed record FetchTopicRequest(string Name, IReadOnlyList<FetchPartitionRequest> Partitions)
{
    public static FetchTopicRequest Read(KafkaReader body, short version)
    {
        var topic = new FetchTopicRequest(body.ReadString(), body.ReadArray(reader => FetchPartitionRequest.Read(reader, version)));
        body.SkipTags();
        return topic;
    }
}

/// <summary>Where and how much a fetch reads of one partition.</summary>
internal sealed record FetchPartitionRequest(int Index, int LeaderEpoch, long Offset, int MaxBytes)
{
    public static FetchPartitionRequest Read(KafkaReader body, short version)
    {
        var index = body.ReadInt32();
        var leaderEpoch = version >= 9 ? body.ReadInt32() : -1;
        var offset = body.ReadInt64();
        if (version >= 12)
            body.ReadInt32(); // last fetched epoch, of a follower
        if (version >= 5)
            body.ReadInt64(); // log start offset, of a follower
        var maxBytes = body.ReadInt32();
        body.SkipTags();
        return new FetchPartitionRequest(index, leaderEpoch, offset, maxBytes);
    }
}
