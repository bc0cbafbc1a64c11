using CloudNative.CloudEvents;

namespace EventSourcing.CloudEvents.Http;

/// <summary>One member of a batch: exactly one of <paramref name="Event"/> and <paramref name="Error"/> is set.</summary>
/// <param name="Event">The event.</param>
/// <param name="Error">Why the member is no event.</param>
/// <param name="Raw">The member's JSON as it came: a slice of the body, not a copy.</param>
public readonly record struct BatchMember(CloudEvent? Event, string? Error, ReadOnlyMemory<byte> Raw);
