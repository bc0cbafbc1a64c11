using CloudNative.CloudEvents;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using AttributeCase = Io.Cloudevents.V1.CloudEvent.Types.CloudEventAttributeValue.AttrOneofCase;
using AttributeValue = Io.Cloudevents.V1.CloudEvent.Types.CloudEventAttributeValue;

namespace EventSourcing.CloudEvents.Protobuf;

/// <summary>Attribute values of the protobuf format (section 3.2): one case of the oneof per CloudEvents type.</summary>
internal static class ProtobufAttributes
{
    public static AttributeValue Write(CloudEventAttribute attribute, object value) => value switch
    {
        string text => new AttributeValue { CeString = text },
        bool flag => new AttributeValue { CeBoolean = flag },
        int number => new AttributeValue { CeInteger = number },
        DateTimeOffset time => new AttributeValue { CeTimestamp = Timestamp.FromDateTimeOffset(time) },
        byte[] bytes => new AttributeValue { CeBytes = ByteString.CopyFrom(bytes) },
        Uri uri when attribute.Type == CloudEventAttributeType.Uri => new AttributeValue { CeUri = uri.OriginalString },
        Uri uri => new AttributeValue { CeUriRef = uri.OriginalString },
        _ => throw new ArgumentException($"The attribute '{attribute.Name}' has a value of type {value.GetType()}, which CloudEvents does not know."),
    };

    public static CloudEventAttributeType TypeOf(string name, AttributeValue value) => value.AttrCase switch
    {
        AttributeCase.CeBoolean => CloudEventAttributeType.Boolean,
        AttributeCase.CeInteger => CloudEventAttributeType.Integer,
        AttributeCase.CeString => CloudEventAttributeType.String,
        AttributeCase.CeBytes => CloudEventAttributeType.Binary,
        AttributeCase.CeUri => CloudEventAttributeType.Uri,
        AttributeCase.CeUriRef => CloudEventAttributeType.UriReference,
        AttributeCase.CeTimestamp => CloudEventAttributeType.Timestamp,
        _ => throw new ArgumentException($"The attribute '{name}' has no value."),
    };

    /// <summary>The value: text for the string types and URIs, else the CLR value of the type.</summary>
    public static object ValueOf(string name, AttributeValue value) => value.AttrCase switch
    {
        AttributeCase.CeBoolean => value.CeBoolean,
        AttributeCase.CeInteger => value.CeInteger,
        AttributeCase.CeString => value.CeString,
        AttributeCase.CeBytes => value.CeBytes.ToByteArray(),
        AttributeCase.CeUri => value.CeUri,
        AttributeCase.CeUriRef => value.CeUriRef,
        AttributeCase.CeTimestamp => TimeOf(name, value.CeTimestamp),
        _ => throw new ArgumentException($"The attribute '{name}' has no value."),
    };

    private static DateTimeOffset TimeOf(string name, Timestamp time)
    {
        try
        {
            return time.ToDateTimeOffset();
        }
        catch (InvalidOperationException outOfRange)
        {
            throw new ArgumentException($"The attribute '{name}' is no time between the years 1 and 9999.", outOfRange);
        }
    }
}
