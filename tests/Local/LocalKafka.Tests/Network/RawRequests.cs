using EventSourcing.LocalKafka.Protocol;

namespace EventSourcing.LocalKafka.Tests.Network;

/// <summary>Requests, byte by byte.</summary>
internal static class RawRequests
{
    public static byte[] ApiVersions(short version, int correlationId) => Frame(ApiKey.ApiVersions, version, correlationId, static _ => { });

    /// <summary>Partition 0 of a topic from its start.</summary>
    public static byte[] Fetch(string topic, int maxWaitMs, int maxBytes) => Frame(ApiKey.Fetch, version: 4, correlationId: 1, body =>
    {
        body.WriteInt32(-1);
        body.WriteInt32(maxWaitMs);
        body.WriteInt32(1);
        body.WriteInt32(maxBytes);
        body.WriteInt8(0);
        body.WriteArrayLength(1);
        body.WriteString(topic);
        body.WriteArrayLength(1);
        body.WriteInt32(0);
        body.WriteInt64(0);
        body.WriteInt32(maxBytes);
    });

    public static byte[] SaslHandshake(string mechanism) => Frame(ApiKey.SaslHandshake, version: 1, correlationId: 1, body => body.WriteString(mechanism));

    public static byte[] SaslAuthenticate(byte[] message) => Frame(ApiKey.SaslAuthenticate, version: 0, correlationId: 1, body => body.WriteBytes(message));

    private static byte[] Frame(ApiKey api, short version, int correlationId, Action<KafkaWriter> body)
    {
        using var writer = new KafkaWriter();
        writer.WriteInt16((short)api);
        writer.WriteInt16(version);
        writer.WriteInt32(correlationId);
        writer.WriteInt16(-1); // no client id
        body(writer);
        return writer.Written.ToArray();
    }
}
