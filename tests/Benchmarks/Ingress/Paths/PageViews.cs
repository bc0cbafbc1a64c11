namespace EventSourcing.Benchmarks.Ingress.Paths;

/// <summary>The page views of the web paths, and the service that takes them; the data are about 300 bytes.</summary>
internal static class PageViews
{
    public const string EventType = "io.eventsourcing.web.page-view.v1";
    public const string Source = "/benchmark";
    public const string Topic = "web-events";

    public static string Data { get; } =
        $$"""{"sessionId":"session-<k>","url":"https://shop.example/<n>","referrer":"https://search.example/{{EventTemplate.Filler(190)}}"}""";

    /// <summary>The service, which has an endpoint for HTTP and one for gRPC.</summary>
    public static ServiceDefinition Collector(int grpcPort) => new("WebEvents")
    {
        AddressVariable = "Kestrel__Endpoints__http__Url",
        Settings = { ["Kestrel__Endpoints__grpc__Url"] = $"http://127.0.0.1:{grpcPort}" },
    };

    public static int NumberIn(ReadOnlySpan<byte> value) => EventTemplate.NumberAfter(value, "shop.example/"u8);
}
