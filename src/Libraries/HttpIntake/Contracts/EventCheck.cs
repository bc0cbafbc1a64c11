using System.Text.RegularExpressions;
using CloudNative.CloudEvents;
using EventSourcing.CloudEvents;
using EventSourcing.EventBackbone;

namespace EventSourcing.HttpIntake;

/// <summary>Decides whether an event with a valid envelope is one that a service takes, without changing it.</summary>
/// <param name="catalog">The types taken.</param>
/// <param name="subject">What <c>subject</c> must be and records are keyed by, for people: <c>visitor id</c>.</param>
public sealed partial class EventCheck(EventCatalog catalog, string subject)
{
    private const int MaxIdLength = 128;
    private const int MaxSourceLength = 256;
    private const int MaxSubjectLength = 64;

    /// <summary>Why the event is none; null when it is one, and then its contract.</summary>
    public Rejection? Find(CloudEvent cloudEvent, out DataContract? contract)
    {
        contract = catalog.Find(cloudEvent.Type);
        if (contract is null)
            return IntakeRefusals.UnknownType(cloudEvent.Type, catalog.KnownTypes);
        if (FindEnvelopeDefect(cloudEvent) is { } defect)
            return Rejection.Invalid(defect);
        if (!JsonData.IsClaimed(cloudEvent.DataContentType))
            return IntakeRefusals.InvalidData($"datacontenttype is '{cloudEvent.DataContentType}'; it must be application/json in UTF-8.");

        var data = cloudEvent.GetDataBytes().GetValueOrDefault().Span;
        if (data.IsEmpty)
            return IntakeRefusals.InvalidData("The event has no data.");
        if (!JsonData.IsUtf8(data))
            return IntakeRefusals.InvalidUtf8();
        return contract.FindDefect(data) is { } reason ? IntakeRefusals.InvalidData(reason) : null;
    }

    private string? FindEnvelopeDefect(CloudEvent cloudEvent)
    {
        if (cloudEvent.Id is not { Length: > 0 and <= MaxIdLength })
            return $"id must have 1 to {MaxIdLength} characters.";
        if (cloudEvent.Source is not { } source || source.OriginalString.Length > MaxSourceLength)
            return $"source must have 1 to {MaxSourceLength} characters.";
        if (cloudEvent.Subject is not { Length: > 0 and <= MaxSubjectLength } key)
            return $"subject must be the {subject}, 1 to {MaxSubjectLength} characters.";
        if (cloudEvent[EventAttributes.PartitionKey] is { } partitionKey && !key.Equals(partitionKey.ToString(), StringComparison.Ordinal))
            return $"partitionkey must be absent or equal to subject: events are keyed by {subject}.";
        if (cloudEvent[EventAttributes.Sequence] is { } sequence && !TwelveDigits().IsMatch(sequence.ToString() ?? ""))
            return "sequence must have 12 digits.";
        return ClientTime.TryReadSent(cloudEvent, out _) ? null : $"{ClientTime.SentTime} must be an RFC 3339 timestamp.";
    }

    [GeneratedRegex(@"\A[0-9]{12}\z")]
    private static partial Regex TwelveDigits();
}
