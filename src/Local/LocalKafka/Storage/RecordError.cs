namespace EventSourcing.LocalKafka.Storage;

/// <summary>Why one record made its batch be refused.</summary>
internal readonly record struct RecordError(int BatchIndex, string Message);
