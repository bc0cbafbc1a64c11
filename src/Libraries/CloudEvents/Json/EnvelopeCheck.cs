using System.Text.Json;
using CloudNative.CloudEvents;
using EventSourcing.CloudEvents.Attributes;

namespace EventSourcing.CloudEvents.Json;

/// <summary>What the official formatter lets pass: repeated members, control characters in URIs, data beside an explicit null, unbounded attributes.</summary>
internal static class EnvelopeCheck
{
    /// <summary>Checks one event and returns the extension attributes it is to be read with: the known ones, and those whose type JSON tells.</summary>
    /// <exception cref="ArgumentException">The element breaks a rule; the message says which.</exception>
    public static IReadOnlyList<CloudEventAttribute> Run(JsonElement element, IReadOnlyList<CloudEventAttribute> known)
    {
        if (element.ValueKind != JsonValueKind.Object)
            throw new ArgumentException($"No CloudEvent: a JSON object is expected, not {element.ValueKind}.");
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var characters = 0;
        List<CloudEventAttribute>? inferred = null;
        foreach (var member in element.EnumerateObject())
        {
            var name = member.Name;
            if (!seen.Add(name))
                throw new ArgumentException($"The member '{name}' is given more than once.");
            if (name is "data" or "data_base64" or AttributeNames.SpecVersion)
                continue;
            var attribute = Find(name, known);
            characters += name.Length + CheckValue(name, attribute?.Type, member.Value);
            if (seen.Count > EventLimits.MaxAttributes + 2 || characters > EventLimits.MaxAttributeCharacters)
                throw new ArgumentException($"The attributes exceed {EventLimits.MaxAttributes} or {EventLimits.MaxAttributeCharacters} characters.");
            if (attribute is null && InferType(member.Value) is { } type && AttributeNames.IsValid(name))
                (inferred ??= [.. known]).Add(CloudEventAttribute.CreateExtension(name, type));
        }
        if (seen.Contains("data") && seen.Contains("data_base64") && element.GetProperty("data_base64").ValueKind != JsonValueKind.Null)
            throw new ArgumentException("An event has 'data' or 'data_base64', not both.");
        return inferred ?? known;
    }

    private static int CheckValue(string name, CloudEventAttributeType? type, JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.String)
            return 0;
        var text = value.GetString()!;
        AttributeValues.Check(name, type, text);
        return text.Length;
    }

    private static CloudEventAttributeType? InferType(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Number => CloudEventAttributeType.Integer,
        JsonValueKind.True or JsonValueKind.False => CloudEventAttributeType.Boolean,
        _ => null,
    };

    private static CloudEventAttribute? Find(string name, IReadOnlyList<CloudEventAttribute> known)
    {
        foreach (var attribute in CloudEventsSpecVersion.V1_0.AllAttributes)
        {
            if (attribute.Name == name)
                return attribute;
        }
        foreach (var attribute in known)
        {
            if (attribute.Name == name)
                return attribute;
        }
        return null;
    }
}
