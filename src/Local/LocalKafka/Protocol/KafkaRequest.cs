using EventSourcing.LocalKafka.Security;

namespace EventSourcing.LocalKafka.Protocol;

/// <summary>One request on one connection: its header, its body to read and its response to write.</summary>
internal sealed class KafkaRequest(KafkaReader body, KafkaWriter response, ClientSession session, string clientHost)
{
    public ApiKey ApiKey { get; private set; }

    public short Version { get; private set; }

    public int CorrelationId { get; private set; }

    public string ClientId { get; private set; } = "";

    /// <summary>The connection it came on: its listener, and whether its client is known.</summary>
    public ClientSession Session { get; } = session;

    /// <summary>Address of the peer as Kafka's tools show it: <c>/127.0.0.1</c>.</summary>
    public string ClientHost { get; } = clientHost;

    public KafkaReader Body { get; } = body;

    public KafkaWriter Response { get; } = response;

    /// <summary>False for acks=0, the only request without a response.</summary>
    public bool HasResponse { get; set; }

    /// <summary>Closes the connection after this request: all that can be told to a producer that wants no response.</summary>
    public bool ClosesConnection { get; set; }

    /// <summary>The broker is at work on it, not the network: an exception now is about the request.</summary>
    public bool IsInHandler { get; set; }

    /// <summary>Reads the header up to the client id; tagged header fields follow in flexible versions.</summary>
    public void Open(Memory<byte> frame)
    {
        Body.Reset(frame);
        ApiKey = (ApiKey)Body.ReadInt16();
        Version = Body.ReadInt16();
        CorrelationId = Body.ReadInt32();
        ClientId = Body.ReadClientId() ?? "";
        HasResponse = true;
        ClosesConnection = false;
    }
}
