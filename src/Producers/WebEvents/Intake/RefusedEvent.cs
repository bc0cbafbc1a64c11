using System.Text.Json;
using CloudNative.CloudEvents;
using CloudNative.CloudEvents.SystemTextJson;
using EventSourcing.CloudEvents;
using EventSourcing.EventBackbone;
using EventSourcing.HttpIntake;

namespace EventSourcing.WebEvents.Intake;

/// <summary>An event with a good envelope and bad content, kept whole: as structured JSON when its data are JSON, else as its data.</summary>
internal static class RefusedEvent
{
    private static readonly JsonEventFormatter Formatter = new();

    /// <summary>The dead letter; the event is not to be used afterwards.</summary>
    public static DeadLetter ToDeadLetter(CloudEvent cloudEvent, Rejection refusal, string origin)
    {
        var key = string.IsNullOrEmpty(cloudEvent.Subject) ? null : cloudEvent.Subject;
        var data = cloudEvent.GetDataBytes().GetValueOrDefault();
        if (data.IsEmpty)
            cloudEvent.Data = null;
        else if (JsonData.IsClaimed(cloudEvent.DataContentType) && TryParse(data, out var json))
            cloudEvent.Data = json;
        else
            return new DeadLetter(origin, refusal, data, cloudEvent.DataContentType, key);

        var payload = Formatter.EncodeStructuredModeMessage(cloudEvent, out var contentType);
        return new DeadLetter(origin, refusal, payload, contentType.ToString(), key);
    }

    private static bool TryParse(ReadOnlyMemory<byte> data, out JsonElement json)
    {
        json = default;
        try
        {
            using var document = JsonDocument.Parse(data);
            json = document.RootElement.Clone();
            return JsonData.IsUtf8(data.Span);
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
