using System.Globalization;
using System.Text;

namespace EventSourcing.LocalKafka.Storage;

/// <summary>
/// An offset per partition in Kafka's checkpoint format, as text:
/// <code>
/// 0
/// 2
/// sensor-readings 0 4711
/// sensor-readings 1 815
/// </code>
/// (version, number of lines, then topic, partition, offset).
/// </summary>
internal static class CheckpointFile
{
    public const string RecoveryPoint = "recovery-point-offset-checkpoint";
    public const string CleanerOffset = "cleaner-offset-checkpoint";
    public const string LogStart = "log-start-offset-checkpoint";

    public static void Write(string path, IReadOnlyCollection<(TopicPartition Partition, long Offset)> offsets, bool toDisk)
    {
        var text = new StringBuilder().Append("0\n").Append(CultureInfo.InvariantCulture, $"{offsets.Count}\n");
        foreach (var ((topic, partition), offset) in offsets)
            text.Append(CultureInfo.InvariantCulture, $"{topic} {partition} {offset}\n");
        AtomicFile.Write(path, Encoding.ASCII.GetBytes(text.ToString()), toDisk);
    }

    /// <exception cref="InvalidDataException">The file is no checkpoint.</exception>
    public static Dictionary<TopicPartition, long> Read(string path)
    {
        var offsets = new Dictionary<TopicPartition, long>();
        if (!File.Exists(path))
            return offsets;
        foreach (var line in File.ReadLines(path).Skip(2))
        {
            var fields = line.Split(' ');
            if (fields.Length != 3 || !int.TryParse(fields[1], CultureInfo.InvariantCulture, out var partition) || !long.TryParse(fields[2], CultureInfo.InvariantCulture, out var offset))
                throw new InvalidDataException($"{path} is not a checkpoint file: '{line}'. Restore it, or delete it to have every segment checked at the next start.");
            offsets[new TopicPartition(fields[0], partition)] = offset;
        }

        return offsets;
    }
}
