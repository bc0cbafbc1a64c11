using Google.Protobuf;
using CloudEvent = CloudNative.CloudEvents.CloudEvent;
using ProtoEvent = Io.Cloudevents.V1.CloudEvent;

namespace EventSourcing.CloudEvents.Protobuf;

/// <summary>The data of the protobuf format (section 3.3).</summary>
internal static class ProtobufData
{
    private const string ProtobufMediaType = "application/protobuf";

    public static void Write(ProtoEvent message, CloudEvent cloudEvent)
    {
        if (cloudEvent.Data is string text && cloudEvent.DataContentType is { } contentType && !MediaTypes.IsJson(contentType))
            message.TextData = text;
        else if (cloudEvent.GetDataBytes() is { } bytes)
            message.BinaryData = UnsafeByteOperations.UnsafeWrap(bytes);
    }

    public static CloudEvent Read(ProtoEvent message, CloudEvent cloudEvent)
    {
        switch (message.DataCase)
        {
            case ProtoEvent.DataOneofCase.BinaryData:
                cloudEvent.Data = EventData.ToArray(message.BinaryData.Memory);
                break;
            case ProtoEvent.DataOneofCase.TextData:
                cloudEvent.Data = EventData.EncodeText(message.TextData, cloudEvent.DataContentType);
                break;
            case ProtoEvent.DataOneofCase.ProtoData:
                cloudEvent.Data = EventData.ToArray(message.ProtoData.Value.Memory);
                cloudEvent.DataContentType ??= ProtobufMediaType;
                cloudEvent.DataSchema ??= SchemaOf(message.ProtoData.TypeUrl);
                break;
        }
        return cloudEvent;
    }

    /// <summary>A type URL without scheme has the scheme https (google/protobuf/any.proto).</summary>
    private static Uri? SchemaOf(string typeUrl) =>
        Uri.TryCreate(typeUrl.Contains("://", StringComparison.Ordinal) ? typeUrl : "https://" + typeUrl, UriKind.Absolute, out var uri) ? uri : null;
}
