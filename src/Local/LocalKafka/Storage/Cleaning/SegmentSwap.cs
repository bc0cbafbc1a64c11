using System.Globalization;

namespace EventSourcing.LocalKafka.Storage.Cleaning;

/// <summary>
/// Puts a cleaned segment in the place of one or more old ones, with Kafka's file names, so that the end of the process at any moment loses nothing:
/// <list type="number">
/// <item><c>.cleaned</c> is being written, or is whole and on disk; it counts for nothing.</item>
/// <item>Once the log file is named <c>.log.swap</c>, last of the new files, the new segment counts and the old ones do not.</item>
/// <item>The old files become <c>.deleted</c>, the new ones lose their suffix, the log file last; then the old ones are removed.</item>
/// </list>
/// What a crash left is brought to its end when the log is opened.
/// </summary>
internal static class SegmentSwap
{
    public const string Cleaned = ".cleaned";
    private const string Swap = ".swap";
    private const string Deleted = ".deleted";
    private const string LogExtension = ".log";
    private const string IndexExtension = ".index";

    /// <summary>The files of a segment, in the order in which they change their names.</summary>
    private static readonly string[] Extensions = [IndexExtension, ".timeindex", ".txnindex", LogExtension];

    /// <summary>The steps of a swap: one change of the folder for each element that is taken.</summary>
    /// <param name="folder">The partition's folder, with a whole <c>.cleaned</c> segment at the first old one's base offset.</param>
    /// <param name="replaced">Base offsets of the old segments, ascending.</param>
    public static IEnumerable<string> Steps(string folder, IReadOnlyList<long> replaced)
    {
        var target = NameOf(folder, replaced[0]);
        foreach (var extension in Extensions)
            yield return Rename(target + extension, Cleaned, Swap);
        var old = replaced.Reverse().SelectMany(FilesOf).ToList();
        foreach (var path in old)
            yield return Rename(path, "", Deleted);
        foreach (var path in Extensions.Select(extension => target + extension))
            yield return Rename(path, Swap, "");
        foreach (var path in old.Select(path => path + Deleted))
            yield return Delete(path);

        IEnumerable<string> FilesOf(long baseOffset) => Extensions.Select(extension => NameOf(folder, baseOffset) + extension);
    }

    /// <summary>Brings to its end, or takes back, what the end of the process interrupted.</summary>
    public static void Recover(string folder)
    {
        foreach (var path in WithSuffix(folder, Cleaned).Concat(WithSuffix(folder, Deleted)))
            File.Delete(path);
        foreach (var log in WithSuffix(folder, LogExtension + Swap))
            Complete(folder, log);
        foreach (var path in WithSuffix(folder, Swap))
            File.Delete(path);
    }

    /// <summary>The old segments are those that start within the new one's records; one whose records all went may stay, to be cleaned again.</summary>
    private static void Complete(string folder, string swappedLog)
    {
        var name = swappedLog[..^(LogExtension + Swap).Length];
        if (BaseOffsetOf(name) is not { } baseOffset)
            return;
        var end = EndOf(swappedLog, baseOffset);
        foreach (var path in WithSuffix(folder, LogExtension))
        {
            var old = path[..^LogExtension.Length];
            if (BaseOffsetOf(old) is { } offset && offset > baseOffset && offset < end)
                DeleteAll(old);
        }

        if (File.Exists(name + IndexExtension + Swap))
            DeleteAll(name); // no new file has its final name yet, so those are the old ones
        foreach (var extension in Extensions)
            Rename(name + extension, Swap, "");
    }

    private static long EndOf(string log, long baseOffset)
    {
        var file = LogFile.Open(log);
        var end = baseOffset;
        using (var scanner = new BatchScanner(file, 0, file.Length, BatchScanner.RecoveryBlockBytes))
        {
            while (scanner.MoveNext())
                end = scanner.Current.NextOffset;
        }

        file.Release();
        return end;
    }

    private static void DeleteAll(string name)
    {
        foreach (var extension in Extensions)
            File.Delete(name + extension);
    }

    private static string Rename(string path, string from, string to)
    {
        if (File.Exists(path + from))
            File.Move(path + from, path + to, overwrite: true);
        return $"{Path.GetFileName(path)}: {from} -> {to}";
    }

    private static string Delete(string path)
    {
        File.Delete(path);
        return $"{Path.GetFileName(path)} removed";
    }

    /// <summary>Null for a file that is none of the log's.</summary>
    private static long? BaseOffsetOf(string name) => long.TryParse(Path.GetFileName(name), NumberStyles.None, CultureInfo.InvariantCulture, out var offset) ? offset : null;

    private static string[] WithSuffix(string folder, string suffix) =>
        [.. Directory.GetFiles(folder, "*" + suffix).Where(path => path.EndsWith(suffix, StringComparison.Ordinal)).Order(StringComparer.Ordinal)];

    private static string NameOf(string folder, long baseOffset) => Path.Combine(folder, baseOffset.ToString("D20", CultureInfo.InvariantCulture));
}
