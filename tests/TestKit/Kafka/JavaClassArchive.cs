namespace EventSourcing.TestKit.Kafka;

/// <summary>
/// The classes of Kafka's programs as an archive of the JVM (application class-data sharing), with which a tool needs about a third of the time. One tool writes it, whose
/// classes the other clients share, beside the tests' own program; a JVM goes on without when it comes from another JVM or other jars.
/// </summary>
internal static class JavaClassArchive
{
    private const string Writer = "org.apache.kafka.tools.consumer.group.ConsumerGroupCommand";
    private static readonly string Path = System.IO.Path.Combine(AppContext.BaseDirectory, "kafka-tools.jsa");
    private static int _isTaken;

    /// <summary>What lets a JVM read the archive, if there is one.</summary>
    public static string[] Reading => File.Exists(Path) ? [$"-XX:SharedArchiveFile={Path}", "-Xlog:disable"] : [];

    /// <summary>Where to write the archive; null for another tool, and when it is there or being written.</summary>
    public static string? BeginWriting(string mainClass) =>
        mainClass == Writer && !File.Exists(Path) && Interlocked.Exchange(ref _isTaken, 1) == 0 ? $"{Path}.{Environment.ProcessId}" : null;

    /// <summary>What lets a JVM write the archive when it ends.</summary>
    public static string[] Writing(string file) => [$"-XX:ArchiveClassesAtExit={file}", "-Xlog:disable"];

    /// <summary>Publishes what was written, whole.</summary>
    public static void EndWriting(string file)
    {
        if (File.Exists(file))
            File.Move(file, Path, overwrite: true);
    }
}
