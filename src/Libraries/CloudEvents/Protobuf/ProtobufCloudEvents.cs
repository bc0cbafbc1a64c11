namespace EventSourcing.CloudEvents.Protobuf;

/// <summary>The protobuf event format of CloudEvents 1.0 (package <c>io.cloudevents.v1</c>), as gRPC services use it.</summary>
public static class ProtobufCloudEvents
{
    // ToProto(this CloudNative.CloudEvents.CloudEvent) and ToCloudEvent(this Io.Cloudevents.V1.CloudEvent) stand here.
}
