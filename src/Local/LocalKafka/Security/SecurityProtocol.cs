namespace EventSourcing.LocalKafka;

/// <summary>What a listener asks of its clients (Kafka: <c>security.protocol</c>).</summary>
public enum SecurityProtocol
{
    /// <summary>Nothing: bytes as they are, everybody is served.</summary>
    Plaintext,

    /// <summary>TLS 1.2 or 1.3; clients check the broker's certificate, the broker asks for none.</summary>
    Ssl,

    /// <summary>A user and a password, on a connection that anybody on the way can read.</summary>
    SaslPlaintext,

    /// <summary>A user and a password, within TLS.</summary>
    SaslSsl,
}
