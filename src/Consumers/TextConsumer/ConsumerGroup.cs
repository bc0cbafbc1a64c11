namespace EventSourcing.TextConsumer;

/// <summary>The consumer group, by the environment variable of the original.</summary>
internal sealed record ConsumerGroup(string Id, bool IsTemporary)
{
    public const string Variable = "CONSUMER_GROUP_ID";

    /// <summary>The group named; a new one when none is, or <c>DEFAULT</c>.</summary>
    public static ConsumerGroup From(string? value) =>
        string.IsNullOrWhiteSpace(value) || value == "DEFAULT" ? new(Guid.NewGuid().ToString(), IsTemporary: true) : new(value, IsTemporary: false);
}
