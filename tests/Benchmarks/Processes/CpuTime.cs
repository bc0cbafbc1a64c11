using System.Diagnostics;

namespace EventSourcing.Benchmarks.Processes;

/// <summary>CPU time of a process.</summary>
internal static class CpuTime
{
    /// <summary>User and system time of all its threads so far.</summary>
    public static TimeSpan Of(int processId)
    {
        using var process = Process.GetProcessById(processId);
        return process.TotalProcessorTime;
    }
}
