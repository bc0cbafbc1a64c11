namespace EventSourcing.LocalKafka.Storage;

/// <summary>What a partition's folder holds, after loading and recovery. Segments are in ascending order and the last one takes appends.</summary>
internal sealed record LogState(LogSegment[] Segments, ProducerStateTable Producers, long StartOffset, long EndOffset);
