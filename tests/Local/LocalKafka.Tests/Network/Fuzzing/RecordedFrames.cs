using System.Buffers.Binary;

namespace EventSourcing.LocalKafka.Tests.Network.Fuzzing;

/// <summary>Puts the bytes of many connections together to whole frames, without their lengths.</summary>
internal sealed class RecordedFrames
{
    private readonly Lock _gate = new();
    private readonly Dictionary<int, List<byte>> _open = [];
    private readonly List<byte[]> _frames = [];

    public void Add(int connection, ReadOnlyMemory<byte> bytes)
    {
        lock (_gate)
        {
            if (!_open.TryGetValue(connection, out var rest))
                _open[connection] = rest = [];
            rest.AddRange(bytes.Span);
            while (rest.Count >= 4 && BinaryPrimitives.ReadInt32BigEndian([.. rest[..4]]) is var length && rest.Count >= length + 4)
            {
                _frames.Add([.. rest[4..(length + 4)]]);
                rest.RemoveRange(0, length + 4);
            }
        }
    }

    /// <summary>At most <paramref name="perKind"/> frames of each API and version, so that fetches do not outnumber all others.</summary>
    public byte[][] Take(int perKind)
    {
        lock (_gate)
            return [.. _frames.GroupBy(frame => BinaryPrimitives.ReadInt32BigEndian(frame)).SelectMany(kind => kind.Take(perKind))];
    }
}
