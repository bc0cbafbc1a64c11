namespace EventSourcing.LocalKafka.Storage;

/// <summary>A producer of a partition as DescribeProducers shows it; -1 stands for no sequence and for no open transaction.</summary>
internal readonly record struct ProducerDescription(
    long ProducerId, short ProducerEpoch, int LastSequence, long LastTimestamp, int CoordinatorEpoch, long TransactionFirstOffset);
