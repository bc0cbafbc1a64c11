using Confluent.Kafka;

namespace EventSourcing.EventBackbone.Spooling;

/// <summary>Record headers as one blob: count, then name and value of each; a value of length -1 is null.</summary>
internal static class HeaderCodec
{
    public static byte[] Encode(Headers? headers)
    {
        using var stream = new MemoryStream(512);
        using var writer = new BinaryWriter(stream);
        writer.Write7BitEncodedInt(headers?.Count ?? 0);
        for (var index = 0; index < (headers?.Count ?? 0); index++)
        {
            writer.Write(headers![index].Key);
            var value = headers[index].GetValueBytes();
            writer.Write(value?.Length ?? -1);
            if (value is not null)
                writer.Write(value);
        }
        writer.Flush();
        return stream.ToArray();
    }

    public static Headers Decode(byte[] bytes)
    {
        using var reader = new BinaryReader(new MemoryStream(bytes, writable: false));
        var headers = new Headers();
        for (var count = reader.Read7BitEncodedInt(); count > 0; count--)
        {
            var key = reader.ReadString();
            var length = reader.ReadInt32();
            headers.Add(key, length < 0 ? null : reader.ReadBytes(length));
        }
        return headers;
    }
}
