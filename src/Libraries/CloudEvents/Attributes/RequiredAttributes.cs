using CloudNative.CloudEvents;

namespace EventSourcing.CloudEvents.Attributes;

/// <summary>The attributes every event has (CloudEvents 1.0, Required Attributes); the SDK itself rejects empty ones as they are set.</summary>
internal static class RequiredAttributes
{
    /// <exception cref="ArgumentException">One is missing; the message names it.</exception>
    public static void Check(CloudEvent cloudEvent)
    {
        if (cloudEvent.Id is null)
            throw Missing("id");
        if (cloudEvent.Source is null)
            throw Missing("source");
        if (cloudEvent.Type is null)
            throw Missing("type");
    }

    private static ArgumentException Missing(string name) => new($"No CloudEvent: the attribute '{name}' is missing.");
}
