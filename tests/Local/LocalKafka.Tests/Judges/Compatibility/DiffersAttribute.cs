namespace EventSourcing.LocalKafka.Tests.Judges.Compatibility;

/// <summary>The test expects something else of LocalKafka than of Apache Kafka, which its README lists under the differences.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class DiffersAttribute(string how) : Attribute
{
    public string How { get; } = how;
}
