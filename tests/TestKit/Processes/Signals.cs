using System.Diagnostics;

namespace EventSourcing.TestKit.Processes;

/// <summary>Signals as an operator sends them.</summary>
internal static class Signals
{
    /// <summary>SIGTERM through <c>kill</c>, which every POSIX system has; Windows has no such signal, so the process is killed.</summary>
    public static void Terminate(Process process)
    {
        if (OperatingSystem.IsWindows())
        {
            ChildProcesses.KillIfRunning(process);
            return;
        }

        using var kill = Process.Start("kill", ["-TERM", process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)])!;
        kill.WaitForExit();
    }
}
