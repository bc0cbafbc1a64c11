using EventSourcing.TestKit.Processes;

namespace EventSourcing.TestKit.Kafka;

/// <summary>Apache Kafka's own command-line programs, by class name, for example <c>org.apache.kafka.tools.TopicCommand</c>.</summary>
public static class KafkaTool
{
    private static readonly string[] SmallJvm = ["-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Dlog4j2.level=OFF"];

    /// <summary>Runs a tool to its end.</summary>
    /// <param name="mainClass">The class with the <c>main</c> method.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="input">What it reads from standard input.</param>
    /// <param name="timeout">Default two minutes: a JVM starts slowly on a busy machine.</param>
    /// <param name="stop">Kills the tool.</param>
    /// <exception cref="InvalidOperationException">No KAFKA_HOME or no java.</exception>
    /// <exception cref="TimeoutException">It did not end in time.</exception>
    public static async Task<ProcessResult> RunAsync(
        string mainClass, IEnumerable<string> arguments, string? input = null, TimeSpan? timeout = null, CancellationToken stop = default)
    {
        var archive = JavaClassArchive.BeginWriting(mainClass);
        string[] jvm = [.. SmallJvm, .. archive is null ? JavaClassArchive.Reading : JavaClassArchive.Writing(archive)];
        var result = await ProcessRunner.RunAsync(
            Tools.Need(Tools.Java, Requires.JavaReason),
            Arguments(jvm, mainClass, arguments),
            input,
            timeout: timeout ?? TimeSpan.FromMinutes(2),
            stop: stop);
        if (archive is not null)
            JavaClassArchive.EndWriting(archive);
        return result;
    }

    /// <summary>Starts a tool that runs until it is stopped.</summary>
    public static TestProcess Start(string mainClass, IEnumerable<string> arguments) =>
        TestProcess.Start(Tools.Need(Tools.Java, Requires.JavaReason), Arguments([.. SmallJvm, .. JavaClassArchive.Reading], mainClass, arguments));

    // A tool's standard output is its answer, so its log is off.
    internal static string[] Arguments(IEnumerable<string> jvm, string mainClass, IEnumerable<string> arguments)
    {
        var home = Tools.Need(Tools.KafkaHome, Requires.KafkaHomeReason);
        return
        [
            .. jvm,
            "-cp", Path.Combine(home, "libs", "*"),
            mainClass,
            .. arguments,
        ];
    }
}
