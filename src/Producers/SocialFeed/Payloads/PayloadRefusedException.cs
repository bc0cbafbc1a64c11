using EventSourcing.EventBackbone;

namespace EventSourcing.SocialFeed.Payloads;

/// <summary>The store does not take a payload, now or ever; <see cref="Refusal"/> says why.</summary>
internal sealed class PayloadRefusedException(Rejection refusal, Exception? cause = null) : Exception(refusal.Detail, cause)
{
    public Rejection Refusal { get; } = refusal;
}

/// <summary>Why the store does not take a payload.</summary>
internal static class PayloadRefusals
{
    /// <summary>URN of a payload that finds the store full.</summary>
    public const string StoreFullType = "urn:eventsourcing:payload-store-full";

    /// <summary>URN of a payload that the disk does not take.</summary>
    public const string StoreUnavailableType = "urn:eventsourcing:payload-store-unavailable";

    public static PayloadRefusedException TooLarge(long limit) =>
        new(new Rejection(RejectionKind.Poison, Rejection.TooLargeType, $"The payload is larger than {limit} bytes."));

    public static PayloadRefusedException Full(long quota, TimeSpan retryAfter) => new(new Rejection(
        RejectionKind.Unavailable, StoreFullType, $"The payload store has its {quota} bytes; there is room when payloads expire.", retryAfter));

    public static PayloadRefusedException Unavailable(Exception cause, TimeSpan retryAfter) => new(
        new Rejection(RejectionKind.Unavailable, StoreUnavailableType, "The payload store cannot be written.", retryAfter), cause);
}
