namespace EventSourcing.WebEvents.Intake;

/// <summary>A way into this service.</summary>
/// <param name="Name">Its name in telemetry.</param>
/// <param name="Origin">Its name in dead letters.</param>
internal sealed record IngressPath(string Name, string Origin)
{
    public static readonly IngressPath Http = new("http", "POST /events");
    public static readonly IngressPath Beacon = new("beacon", "POST /beacon");
    public static readonly IngressPath Grpc = new("grpc", "grpc eventsourcing.webevents.v1.Collector");
}
