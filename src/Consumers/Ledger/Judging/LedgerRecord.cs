using Confluent.Kafka;

namespace EventSourcing.Ledger;

/// <summary>A record as it was read, with what its headers say.</summary>
internal readonly record struct ReadRecord(ConsumeResult<byte[]?, byte[]?> Result, RecordEnvelope Envelope);

/// <summary>What the judgement needs of a record that carries <c>ce_source</c> and <c>ce_sequence</c>.</summary>
/// <param name="Topic">The topic.</param>
/// <param name="Partition">The partition.</param>
/// <param name="Key">The record key; null when there is none.</param>
/// <param name="Source"><c>ce_source</c>.</param>
/// <param name="Sequence"><c>ce_sequence</c> as a number.</param>
/// <param name="Marked">The record says <c>redelivery: possible-duplicate</c>.</param>
internal readonly record struct LedgerRecord(string Topic, int Partition, byte[]? Key, string Source, long Sequence, bool Marked = false);
