namespace EventSourcing.CloudEvents;

/// <summary>What a reader accepts of one event's attributes, so that hostile input cannot grow without bound; the data are the caller's to limit.</summary>
public static class EventLimits
{
    /// <summary>Attributes of one event, <c>specversion</c> included: count, 100.</summary>
    public const int MaxAttributes = 100;

    /// <summary>Names and values of one event's attributes together: characters, 65 536 (CloudEvents 1.0, Size Limits: 64 KiB must pass).</summary>
    public const int MaxAttributeCharacters = 64 * 1024;

    /// <summary>Nesting of JSON data that a structured event embeds: levels, 64; deeper data travel as base64.</summary>
    public const int MaxJsonDepth = 64;

    /// <summary>Members of one batch when the caller sets no limit of its own: count, 10 000.</summary>
    public const int MaxBatchEvents = 10_000;
}
