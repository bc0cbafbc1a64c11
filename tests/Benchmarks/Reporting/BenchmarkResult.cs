using EventSourcing.Benchmarks.Measuring;

namespace EventSourcing.Benchmarks.Reporting;

/// <summary>One workload on one broker with one payload size.</summary>
internal sealed record BenchmarkResult(
    string Broker, string Workload, int PayloadBytes, int Events, Measurement Median, IReadOnlyList<Measurement> Rounds, long? BrokerResidentBytes);
