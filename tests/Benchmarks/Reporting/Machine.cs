using System.Runtime.InteropServices;

namespace EventSourcing.Benchmarks.Reporting;

/// <summary>The machine a run was made on; absolute figures mean nothing without it.</summary>
internal sealed record Machine(string Processor, int Cores, long MemoryBytes, string OperatingSystem, string Runtime)
{
    public static Machine Current() => new(
        ProcessorName(),
        Environment.ProcessorCount,
        GC.GetGCMemoryInfo().TotalAvailableMemoryBytes,
        RuntimeInformation.OSDescription,
        RuntimeInformation.FrameworkDescription);

    private static string ProcessorName()
    {
        const string Information = "/proc/cpuinfo";
        var model = File.Exists(Information)
            ? File.ReadLines(Information).FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(':')[1].Trim()
            : null;
        return model ?? Environment.GetEnvironmentVariable("PROCESSOR_IDENTIFIER") ?? RuntimeInformation.ProcessArchitecture.ToString();
    }
}
