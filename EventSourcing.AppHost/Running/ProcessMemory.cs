using System.Diagnostics;
using System.Globalization;

namespace EventSourcing.AppHost.Running;

/// <summary>The memory of a process with all that it started: <c>dotnet run</c> starts the service it is about.</summary>
internal static class ProcessMemory
{
    /// <summary>
    /// Bytes; 0 when the process is over. On Linux the proportional set size (proc_pid_smaps(5)): pages that several processes share are
    /// counted once in all, so that sums are right. Elsewhere the working set.
    /// </summary>
    public static long Of(int process)
    {
        try
        {
            return OperatingSystem.IsLinux() ? WithChildren(process) : WorkingSet(process);
        }
        catch (Exception error) when (error is ArgumentException or IOException or UnauthorizedAccessException)
        {
            return 0; // it has ended meanwhile
        }
    }

    private static long WithChildren(int process) => ProportionalSet(process) + ChildrenOf(process).Sum(Of);

    private static IEnumerable<int> ChildrenOf(int process) =>
        from folder in Directory.GetDirectories("/proc")
        let id = int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0
        where id > 0 && ParentOf(id) == process
        select id;

    /// <summary>The fourth field of proc_pid_stat(5); the second, the name in brackets, may hold anything.</summary>
    private static int ParentOf(int process)
    {
        try
        {
            var fields = File.ReadAllText($"/proc/{process}/stat");
            return int.Parse(fields[(fields.LastIndexOf(')') + 2)..].Split(' ')[1], CultureInfo.InvariantCulture);
        }
        catch (IOException)
        {
            return 0; // it has ended meanwhile
        }
    }

    private static long ProportionalSet(int process)
    {
        var line = File.ReadLines($"/proc/{process}/smaps_rollup").First(line => line.StartsWith("Pss:", StringComparison.Ordinal));
        return long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) << 10;
    }

    private static long WorkingSet(int process)
    {
        using var running = Process.GetProcessById(process);
        return running.WorkingSet64;
    }
}
