using System.Text.Json;
using CloudNative.CloudEvents;

namespace EventSourcing.CloudEvents.Json;

/// <summary><c>"data": null</c> is a payload, the JSON value null; the official formatter takes it for no payload.</summary>
internal static class ExplicitNull
{
    /// <summary>Gives <paramref name="cloudEvent"/>, read from <paramref name="element"/>, the data <c>null</c> when they are there.</summary>
    public static void Restore(CloudEvent cloudEvent, JsonElement element)
    {
        if (cloudEvent.Data is not null || !element.TryGetProperty("data", out var data) || data.ValueKind != JsonValueKind.Null)
            return;
        cloudEvent.DataContentType ??= MediaTypes.Json;
        if (!MediaTypes.IsJson(cloudEvent.DataContentType))
            throw new ArgumentException($"The content type '{cloudEvent.DataContentType}' is not JSON: 'data' cannot be null.");
        cloudEvent.Data = "null"u8.ToArray();
    }
}
