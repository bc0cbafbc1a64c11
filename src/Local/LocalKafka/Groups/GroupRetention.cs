namespace EventSourcing.LocalKafka.Groups;

/// <summary>What decides how long a group's offsets are kept.</summary>
/// <param name="EmptySince">When the last member left; null while somebody is in the group.</param>
/// <param name="Subscribed">The topics that members of a stable group of consumers subscribe to; null in any other state and where one of them does not say, which keeps all offsets.</param>
internal sealed record GroupRetention(DateTimeOffset? EmptySince, IReadOnlySet<string>? Subscribed);
