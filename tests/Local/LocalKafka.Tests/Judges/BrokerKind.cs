namespace EventSourcing.LocalKafka.Tests.Judges;

/// <summary>Who is judged: both must satisfy the same clients in the same way.</summary>
public enum BrokerKind
{
    ApacheKafka,
    LocalKafka,
}
