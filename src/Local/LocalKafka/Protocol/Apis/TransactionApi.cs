using EventSourcing.LocalKafka.Transactions;

namespace EventSourcing.LocalKafka.Protocol.Apis;

/// <summary>What the requests of transactional producers have in common.</summary>
internal static class TransactionApi
{
    public static ProducerIdAndEpoch ReadProducer(KafkaReader body) => new(body.ReadInt64(), body.ReadInt16());

    /// <summary>Topics with the indexes of their partitions.</summary>
    public static List<TopicIndexes> ReadTopics(KafkaReader body) => body.ReadArray(TopicIndexes.Read);

    /// <summary>A result for each partition.</summary>
    public static void WriteResults(KafkaWriter response, IReadOnlyCollection<TopicIndexes> topics, Func<string, int, ErrorCode> result) =>
        response.WriteArray(topics, (writer, topic) =>
        {
            writer.WriteString(topic.Name);
            writer.WriteArray(topic.Partitions, (inner, index) =>
            {
                inner.WriteInt32(index);
                inner.WriteError(result(topic.Name, index));
                inner.WriteTags();
            });
            writer.WriteTags();
        });

    /// <summary>Clients of before PRODUCER_FENCED know INVALID_PRODUCER_EPOCH for the same.</summary>
    public static ErrorCode Answer(ErrorCode error, bool knowsProducerFenced) =>
        error == ErrorCode.ProducerFenced && !knowsProducerFenced ? ErrorCode.InvalidProducerEpoch : error;
}
