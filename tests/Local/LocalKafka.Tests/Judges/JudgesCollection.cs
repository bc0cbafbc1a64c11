namespace EventSourcing.LocalKafka.Tests.Judges;

/// <summary>The judges run one after another: they share two brokers, and most of them start a process of their own.</summary>
[CollectionDefinition(Name)]
public sealed class JudgesCollection : ICollectionFixture<JudgedBrokers>
{
    public const string Name = "Judges";
}
