using EventSourcing.LocalKafka.Protocol;

namespace EventSourcing.LocalKafka.Topics;

/// <summary>Outcome of a change to topics: done, or an error code with the reason a person can act on.</summary>
internal readonly record struct AdminResult(ErrorCode Error, string? Message)
{
    public static AdminResult Done { get; } = new(ErrorCode.None, null);

    public static AdminResult UnknownTopic(string name) => new(ErrorCode.UnknownTopicOrPartition, $"There is no topic '{name}'.");
}
