using System.Buffers.Binary;
using System.Globalization;

namespace EventSourcing.LocalKafka.Storage;

/// <summary>
/// The producers of a partition as of one offset, so that a start does not have to walk the whole log. Unlike Kafka's <c>.snapshot</c> it holds
/// all five batches of each producer: a retry that arrives after a restart is still known. Layout: CRC-32C of the rest, version, producers.
/// </summary>
internal static class ProducerStateFile
{
    public const string Extension = ".producers";
    private const int Version = 2;
    private const long NoTransaction = -1;

    public static void Write(string folder, long offset, ProducerStateTable table)
    {
        using var content = new MemoryStream();
        using (var writer = new BinaryWriter(content))
        {
            writer.Write(0u);
            writer.Write(Version);
            writer.Write(table.Producers.Count);
            foreach (var (id, producer) in table.Producers)
                WriteProducer(writer, id, producer);
        }

        var bytes = content.ToArray();
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, Crc32C.Compute(bytes.AsSpan(sizeof(uint))));
        AtomicFile.Write(PathOf(folder, offset), bytes, toDisk: false);
    }

    /// <summary>The newest readable state at or before <paramref name="offset"/>, and where the log goes on from it; empty and 0 without one.</summary>
    public static (ProducerStateTable Table, long Offset) ReadLatest(string folder, long offset)
    {
        foreach (var candidate in Offsets(folder).Where(each => each <= offset).OrderDescending())
        {
            if (TryRead(PathOf(folder, candidate)) is { } table)
                return (table, candidate);
        }

        return (new ProducerStateTable(), 0);
    }

    /// <summary>Deletes files that are outside of [<paramref name="from"/>, <paramref name="to"/>].</summary>
    public static void DeleteOutside(string folder, long from, long to)
    {
        foreach (var offset in Offsets(folder).Where(each => each < from || each > to).ToList())
            File.Delete(PathOf(folder, offset));
    }

    /// <summary>Deletes the state as of one offset, if there is one.</summary>
    public static void Delete(string folder, long offset) => File.Delete(PathOf(folder, offset));

    private static IEnumerable<long> Offsets(string folder) =>
        from path in Directory.EnumerateFiles(folder, "*" + Extension)
        let name = Path.GetFileNameWithoutExtension(path)
        where long.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out _)
        select long.Parse(name, CultureInfo.InvariantCulture);

    private static string PathOf(string folder, long offset) =>
        Path.Combine(folder, offset.ToString("D20", CultureInfo.InvariantCulture) + Extension);

    private static void WriteProducer(BinaryWriter writer, long id, ProducerEntry producer)
    {
        writer.Write(id);
        writer.Write(producer.Epoch);
        writer.Write(producer.LastTimestamp);
        writer.Write(producer.TransactionFirstOffset ?? NoTransaction);
        writer.Write(producer.CoordinatorEpoch);
        writer.Write(producer.Batches.Count);
        foreach (var batch in producer.Batches)
        {
            writer.Write(batch.FirstSequence);
            writer.Write(batch.LastSequence);
            writer.Write(batch.BaseOffset);
            writer.Write(batch.Timestamp);
        }
    }

    private static ProducerStateTable? TryRead(string path)
    {
        var bytes = File.ReadAllBytes(path);
        if (bytes.Length < 12 || BinaryPrimitives.ReadUInt32LittleEndian(bytes) != Crc32C.Compute(bytes.AsSpan(sizeof(uint))))
            return null;
        using var reader = new BinaryReader(new MemoryStream(bytes, sizeof(uint), bytes.Length - sizeof(uint)));
        if (reader.ReadInt32() != Version)
            return null;
        var table = new ProducerStateTable();
        for (var producers = reader.ReadInt32(); producers > 0; producers--)
            ReadProducer(reader, table);
        return table;
    }

    private static void ReadProducer(BinaryReader reader, ProducerStateTable table)
    {
        var id = reader.ReadInt64();
        var entry = new ProducerEntry(reader.ReadInt16());
        var lastTimestamp = reader.ReadInt64();
        entry.TransactionFirstOffset = reader.ReadInt64() is var first and not NoTransaction ? first : null;
        entry.CoordinatorEpoch = reader.ReadInt32();
        for (var batches = reader.ReadInt32(); batches > 0; batches--)
            entry.Add(new ProducerBatch(reader.ReadInt32(), reader.ReadInt32(), reader.ReadInt64(), reader.ReadInt64()));
        entry.LastTimestamp = lastTimestamp;
        table.Restore(id, entry);
    }
}
