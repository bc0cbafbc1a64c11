using System.Buffers.Binary;
using EventSourcing.LocalKafka.Storage;

namespace EventSourcing.LocalKafka.Tests.Transactions;

/// <summary>
/// The data directory of a broker as it was before the end of a transaction and as it is after. Every file only grows, so what a crash in between
/// leaves is the later directory with some files cut to a length in between, in the order in which they were written.
/// </summary>
internal sealed class EndTxnCrash(string folder)
{
    public const string Journal = "transactions.journal";
    public const string Offsets = "group-offsets.journal";
    private const int EntryHeaderBytes = 8;
    private readonly Dictionary<string, long> _before = Lengths(folder);

    /// <summary>Length of the file before the end of the transaction.</summary>
    public long Before(string file) => _before[file];

    /// <summary>Where the first entry that the end of the transaction has added to a journal ends.</summary>
    public long AfterOneEntry(string journal)
    {
        using var file = File.OpenHandle(Path.Combine(folder, journal));
        Span<byte> length = stackalloc byte[sizeof(int)];
        RandomAccess.Read(file, length, Before(journal));
        return Before(journal) + EntryHeaderBytes + BinaryPrimitives.ReadInt32LittleEndian(length);
    }

    public static string LogOf(string topic, int partition) => Path.Combine($"{topic}-{partition}", "00000000000000000000.log");

    /// <summary>The length of a partition's log with the marker, or with a part of it.</summary>
    public long WithMarker(string log, int bytes = TransactionMarker.Bytes) => Before(log) + bytes;

    /// <summary>Copies the directory as it is now, with these files cut.</summary>
    public void CopyTo(string target, IReadOnlyDictionary<string, long> cut)
    {
        foreach (var (file, _) in Lengths(folder))
        {
            var copy = Path.Combine(target, file);
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(Path.Combine(folder, file), copy);
            if (!cut.TryGetValue(file, out var length))
                continue;
            using var handle = File.OpenHandle(copy, access: FileAccess.ReadWrite);
            RandomAccess.SetLength(handle, length);
        }
    }

    private static Dictionary<string, long> Lengths(string folder) => Directory
        .EnumerateFiles(folder, "*", SearchOption.AllDirectories)
        .ToDictionary(file => Path.GetRelativePath(folder, file), file => new FileInfo(file).Length);
}
