namespace EventSourcing.LocalKafka.Storage;

/// <summary>Codec of a batch (attributes, bits 0 to 2).</summary>
internal enum CompressionType
{
    None = 0,
    Gzip = 1,
    Snappy = 2,
    Lz4 = 3,
    Zstd = 4,
}
