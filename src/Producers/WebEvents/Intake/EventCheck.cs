using System.Text.RegularExpressions;
using CloudNative.CloudEvents;
using EventSourcing.CloudEvents;
using EventSourcing.EventBackbone;
using EventSourcing.WebEvents.Contracts;

namespace EventSourcing.WebEvents.Intake;

/// <summary>Decides whether an event with a valid envelope is a web event, without changing it.</summary>
internal sealed partial class EventCheck(EventCatalog catalog)
{
    private const int MaxIdLength = 128;
    private const int MaxSourceLength = 256;
    private const int MaxVisitorIdLength = 64;

    /// <summary>Why the event is none; null when it is one, and then its contract.</summary>
    public Rejection? Find(CloudEvent cloudEvent, out DataContract? contract)
    {
        contract = catalog.Find(cloudEvent.Type);
        if (contract is null)
            return Refusals.UnknownType(cloudEvent.Type, catalog.KnownTypes);
        if (FindEnvelopeDefect(cloudEvent) is { } defect)
            return Rejection.Invalid(defect);
        if (!JsonData.IsClaimed(cloudEvent.DataContentType))
            return Refusals.InvalidData($"datacontenttype is '{cloudEvent.DataContentType}'; it must be application/json in UTF-8.");

        var data = cloudEvent.GetDataBytes().GetValueOrDefault().Span;
        if (data.IsEmpty)
            return Refusals.InvalidData("The event has no data.");
        if (!JsonData.IsUtf8(data))
            return Refusals.InvalidUtf8();
        return contract.FindDefect(data) is { } reason ? Refusals.InvalidData(reason) : null;
    }

    private static string? FindEnvelopeDefect(CloudEvent cloudEvent)
    {
        if (cloudEvent.Id is not { Length: > 0 and <= MaxIdLength })
            return $"id must have 1 to {MaxIdLength} characters.";
        if (cloudEvent.Source is not { } source || source.OriginalString.Length > MaxSourceLength)
            return $"source must have 1 to {MaxSourceLength} characters.";
        if (cloudEvent.Subject is not { Length: > 0 and <= MaxVisitorIdLength } visitor)
            return $"subject must be the visitor id, 1 to {MaxVisitorIdLength} characters.";
        if (cloudEvent[EventAttributes.PartitionKey] is { } key && !visitor.Equals(key.ToString(), StringComparison.Ordinal))
            return "partitionkey must be absent or equal to subject: web events are keyed by visitor id.";
        if (cloudEvent[EventAttributes.Sequence] is { } sequence && !TwelveDigits().IsMatch(sequence.ToString() ?? ""))
            return "sequence must have 12 digits.";
        return ClientTime.TryReadSent(cloudEvent, out _) ? null : $"{ClientTime.SentTime} must be an RFC 3339 timestamp.";
    }

    [GeneratedRegex(@"\A[0-9]{12}\z")]
    private static partial Regex TwelveDigits();
}
