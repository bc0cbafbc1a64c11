namespace EventSourcing.CloudEvents;

/// <summary>What a reader accepts of one event's attributes, so that hostile input cannot grow without bound; the data are the caller's to limit.</summary>
public static class EventLimits
{
    /// <summary>Attributes of one event, <c>specversion</c> included: count, 100.</summary>
    public const int MaxAttributes = 100;

    /// <summary>Names and values of one event's attributes together: characters, 65 536 (CloudEvents 1.0, Size Limits: 64 KiB must pass).</summary>
    public const int MaxAttributeCharacters = 64 * 1024;

    /// <summary>
    /// Nesting of JSON data in a structured event: levels, 62, so that with the event and the batch around them they stay within the 64 that JSON
    /// readers commonly allow. Deeper data are written as base64 and refused when they come embedded.
    /// </summary>
    public const int MaxJsonDepth = 62;

    /// <summary>Members of one batch when the caller sets no limit of its own: count, 10 000.</summary>
    public const int MaxBatchEvents = 10_000;
}
