using System.IO.Compression;
using K4os.Compression.LZ4.Streams;
using ZstdSharp;

namespace EventSourcing.LocalKafka.Storage.Records;

/// <summary>The codecs of record batches, each as Kafka frames it: gzip, snappy in the blocks of its Java stream, LZ4 frames, zstd.</summary>
internal static class RecordCodec
{
    /// <summary>Opens the records of a compressed batch for reading. What comes out is as long as the bytes say: whoever reads must limit it.</summary>
    /// <exception cref="InvalidDataException">There is no such codec, or the frame is none of its kind.</exception>
    public static Stream Decompress(CompressionType codec, ArraySegment<byte> records)
    {
        var source = new MemoryStream(records.Array!, records.Offset, records.Count, writable: false);
        return codec switch
        {
            CompressionType.Gzip => new GZipStream(source, CompressionMode.Decompress),
            CompressionType.Snappy => new SnappyReadStream(records),
            CompressionType.Lz4 => LZ4Stream.Decode(source),
            CompressionType.Zstd => new DecompressionStream(source, leaveOpen: false),
            _ => throw new InvalidDataException($"There is no codec {(int)codec}."),
        };
    }

    /// <summary>A stream that writes what it is given, compressed, to <paramref name="target"/>, which stays open.</summary>
    public static Stream Compress(CompressionType codec, Stream target) => codec switch
    {
        CompressionType.Gzip => new GZipStream(target, CompressionLevel.Optimal, leaveOpen: true),
        CompressionType.Snappy => new SnappyWriteStream(target),
        CompressionType.Lz4 => LZ4Stream.Encode(target, new LZ4EncoderSettings { ChainBlocks = false }, leaveOpen: true),
        CompressionType.Zstd => new CompressionStream(target, leaveOpen: true),
        _ => throw new ArgumentOutOfRangeException(nameof(codec), codec, "Not a codec."),
    };
}
