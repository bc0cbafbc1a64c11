using System.Globalization;
using System.Text;

namespace EventSourcing.LocalKafka.Storage;

/// <summary>
/// Hands out producer ids in blocks: the end of a block is in a file before the first id of it is given out, so no id is given out twice,
/// whenever the process ends.
/// </summary>
internal sealed class ProducerIds(string path, bool toDisk)
{
    private const int BlockSize = 1_000;
    private readonly Lock _gate = new();
    private long _next;
    private long _blockEnd;

    /// <exception cref="IOException">The next block cannot be noted.</exception>
    /// <exception cref="InvalidDataException">The file holds no number.</exception>
    public long Next()
    {
        lock (_gate)
        {
            if (_next == _blockEnd)
                TakeBlock();
            return _next++;
        }
    }

    private void TakeBlock()
    {
        var start = _blockEnd > 0 ? _blockEnd : ReadBlockEnd();
        AtomicFile.Write(path, Encoding.ASCII.GetBytes((start + BlockSize).ToString(CultureInfo.InvariantCulture)), toDisk);
        (_next, _blockEnd) = (start, start + BlockSize);
    }

    private long ReadBlockEnd()
    {
        if (!File.Exists(path))
            return 0;
        return long.TryParse(File.ReadAllText(path), NumberStyles.None, CultureInfo.InvariantCulture, out var end)
            ? end
            : throw new InvalidDataException($"{path} must hold the first producer id that was never given out.");
    }
}
