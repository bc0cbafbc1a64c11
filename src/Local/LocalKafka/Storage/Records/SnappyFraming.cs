namespace EventSourcing.LocalKafka.Storage.Records;

/// <summary>
/// How the Java library snappy-java, and so Kafka, frames snappy: a header (magic, version 1, compatible from version 1), then blocks of their
/// length (4 bytes, big endian) and their bytes. librdkafka sends one block without any of it.
/// </summary>
internal static class SnappyFraming
{
    public const int LengthBytes = sizeof(int);

    /// <summary>Bytes of a block before compression, as in Kafka.</summary>
    public const int BlockBytes = 32 * 1024;

    public static ReadOnlySpan<byte> Header => [0x82, (byte)'S', (byte)'N', (byte)'A', (byte)'P', (byte)'P', (byte)'Y', 0, 0, 0, 0, 1, 0, 0, 0, 1];

    /// <summary>The part of the header that does not change with versions.</summary>
    public static ReadOnlySpan<byte> Magic => Header[..8];
}
