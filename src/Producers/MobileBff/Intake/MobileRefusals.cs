using EventSourcing.EventBackbone;

namespace EventSourcing.MobileBff.Intake;

/// <summary>Why this service refuses an event, beside the reasons of every HTTP intake and of the backbone.</summary>
internal static class MobileRefusals
{
    private const string ForeignType = "urn:eventsourcing:foreign-installation";
    private const string WindowType = "urn:eventsourcing:window-unavailable";

    /// <summary>The event speaks for another installation than its sender.</summary>
    public static Rejection Foreign(string? subject, string installation) => new(
        RejectionKind.Poison, ForeignType, $"subject is '{subject}'; the device token is of '{installation}'.");

    /// <summary>Without its window the service cannot promise that an event sent again is not stored again.</summary>
    public static Rejection NoWindow(TimeSpan retryAfter) => new(
        RejectionKind.Unavailable, WindowType, "The service cannot note receipts now.", retryAfter);
}
