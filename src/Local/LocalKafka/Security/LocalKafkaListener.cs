namespace EventSourcing.LocalKafka;

/// <summary>A listener beside the first: clients that come through it are told its own advertised address.</summary>
/// <param name="SecurityProtocol">What it asks of its clients; each listener of a broker has another one.</param>
/// <param name="Port">Port to listen on, 0 to 65 535; 0, the default, takes a free one.</param>
public sealed record LocalKafkaListener(SecurityProtocol SecurityProtocol, int Port = 0)
{
    /// <summary>Host that clients are told to connect to; null takes what the first listener has.</summary>
    public string? AdvertisedHost { get; init; }

    /// <summary>Port that clients are told to connect to; 0, the default, takes the port it listens on.</summary>
    public int AdvertisedPort { get; init; }
}
