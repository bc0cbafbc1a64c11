using System.Buffers;
using EventSourcing.LocalKafka.Protocol;
using EventSourcing.LocalKafka.Storage;

namespace EventSourcing.LocalKafka.Network;

/// <summary>
/// Sends responses. Records are read from their segment files in chunks as the socket takes them, so a fetch of any size costs one chunk of
/// memory, however slow its reader is.
/// </summary>
internal sealed class ResponseSender(Stream stream)
{
    private const int ChunkBytes = 256 * 1024;

    public ValueTask SendAsync(KafkaWriter response, CancellationToken stop) =>
        response.Slices.Count == 0 ? stream.WriteAsync(response.Written, stop) : SendWithRecordsAsync(response, stop);

    private async ValueTask SendWithRecordsAsync(KafkaWriter response, CancellationToken stop)
    {
        var total = response.Written.Length + response.Slices.Sum(each => (long)each.Slice.Length);
        var chunk = new Chunk(stream, ArrayPool<byte>.Shared.Rent((int)Math.Min(total, ChunkBytes)));
        try
        {
            var sent = 0;
            foreach (var (position, slice) in response.Slices)
            {
                await chunk.AddAsync(response.Written[sent..position], stop);
                sent = position;
                await chunk.AddAsync(slice, stop);
            }

            await chunk.AddAsync(response.Written[sent..], stop);
            await chunk.SendAsync(stop);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(chunk.Buffer);
        }
    }

    private sealed class Chunk(Stream stream, byte[] buffer)
    {
        private int _used;

        public byte[] Buffer { get; } = buffer;

        public async ValueTask AddAsync(ReadOnlyMemory<byte> bytes, CancellationToken stop)
        {
            while (bytes.Length > 0)
            {
                var part = await RoomAsync(bytes.Length, stop);
                bytes.Span[..part].CopyTo(Buffer.AsSpan(_used));
                bytes = bytes[part..];
                _used += part;
            }
        }

        public async ValueTask AddAsync(FileSlice slice, CancellationToken stop)
        {
            for (var from = 0; from < slice.Length;)
            {
                var part = await RoomAsync(slice.Length - from, stop);
                slice.Read(Buffer.AsSpan(_used, part), from);
                from += part;
                _used += part;
            }
        }

        public async ValueTask SendAsync(CancellationToken stop)
        {
            await stream.WriteAsync(Buffer.AsMemory(0, _used), stop);
            _used = 0;
        }

        /// <summary>Makes room and says for how many of the wanted bytes.</summary>
        private async ValueTask<int> RoomAsync(int wanted, CancellationToken stop)
        {
            if (_used == Buffer.Length)
                await SendAsync(stop);
            return Math.Min(wanted, Buffer.Length - _used);
        }
    }
}
