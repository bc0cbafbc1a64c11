using CloudNative.CloudEvents;

namespace EventSourcing.CloudEvents.Attributes;

/// <summary>Builds an event from attributes that arrive one by one as text, within <see cref="EventLimits"/>: the reader of all binary modes.</summary>
internal struct AttributeReader(IReadOnlyList<CloudEventAttribute>? extensions)
{
    private readonly CloudEvent _cloudEvent = new(CloudEventsSpecVersion.V1_0, extensions ?? EventAttributes.All);
    private int _count;
    private int _characters;
    private bool _hasVersion;

    /// <summary>Takes the attribute <paramref name="name"/> in its canonical string representation.</summary>
    /// <exception cref="ArgumentException">Bad name or value, a second value, or a limit exceeded.</exception>
    public void Add(string name, string value)
    {
        Count(name, value.Length);
        if (name == AttributeNames.SpecVersion)
        {
            SetVersion(value);
            return;
        }
        var attribute = Find(name);
        AttributeValues.Check(name, attribute?.Type, value);
        if (attribute is null)
            _cloudEvent.SetAttributeFromString(name, value);
        else
            _cloudEvent[attribute] = attribute.Parse(value);
    }

    /// <summary>Takes an attribute whose type the format tells; <paramref name="value"/> is text or a value of <paramref name="type"/>.</summary>
    /// <exception cref="ArgumentException">Bad name or value, a second value, or a limit exceeded.</exception>
    public void Add(string name, CloudEventAttributeType type, object value)
    {
        var text = value as string;
        Count(name, text?.Length ?? (value as byte[])?.Length ?? 0);
        var attribute = Find(name) ?? CloudEventAttribute.CreateExtension(name, type);
        if (text is not null)
            AttributeValues.Check(name, attribute.Type, text);
        _cloudEvent[attribute] = text is null && attribute.Type == type ? value : attribute.Parse(text ?? type.Format(value));
    }

    /// <summary>The finished event.</summary>
    /// <exception cref="ArgumentException">A required attribute is missing.</exception>
    public readonly CloudEvent Complete(byte[]? data)
    {
        if (!_hasVersion)
            throw new ArgumentException("No CloudEvent: the attribute 'specversion' is missing.");
        RequiredAttributes.Check(_cloudEvent);
        _cloudEvent.Data = data;
        return _cloudEvent;
    }

    /// <summary>The attribute of this name when it is known, after checking that the name is one and has no value yet.</summary>
    private readonly CloudEventAttribute? Find(string name)
    {
        if (!AttributeNames.IsValid(name) || name == AttributeNames.SpecVersion)
            throw new ArgumentException($"'{Shorten(name)}' is no attribute name: lower-case letters a to z and digits only, and not 'data'.");
        var attribute = _cloudEvent.GetAttribute(name);
        if (attribute is not null && _cloudEvent[attribute] is not null)
            throw new ArgumentException($"The attribute '{name}' is given more than once.");
        return attribute;
    }

    private void SetVersion(string value)
    {
        if (_hasVersion)
            throw new ArgumentException("The attribute 'specversion' is given more than once.");
        if (value != CloudEventsSpecVersion.V1_0.VersionId)
            throw new ArgumentException($"The specversion '{Shorten(value)}' is not supported: this is CloudEvents 1.0.");
        _hasVersion = true;
    }

    private void Count(string name, int valueLength)
    {
        _characters += name.Length + valueLength;
        if (++_count > EventLimits.MaxAttributes || _characters > EventLimits.MaxAttributeCharacters)
        {
            throw new ArgumentException(
                $"The attributes exceed the limit of {EventLimits.MaxAttributes} attributes or {EventLimits.MaxAttributeCharacters} characters.");
        }
    }

    private static string Shorten(string text) => text.Length <= 64 ? text : text[..64] + "...";
}
