using System.Collections.Concurrent;
using System.Diagnostics;

namespace EventSourcing.TestKit.Processes;

/// <summary>Children of the test process that must not outlive it.</summary>
internal static class ChildProcesses
{
    private static readonly ConcurrentDictionary<Process, bool> Alive = new();

    static ChildProcesses() => AppDomain.CurrentDomain.ProcessExit += (_, _) =>
    {
        foreach (var process in Alive.Keys)
        {
            KillIfRunning(process);
        }
    };

    /// <summary>Kills the process and its children when the test process exits, unless disposed before; disposing kills it too.</summary>
    public static IDisposable Guard(Process process)
    {
        Alive[process] = true;
        return new Registration(process);
    }

    public static void KillIfRunning(Process process)
    {
        try
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
        catch (InvalidOperationException)
        {
            // It ended in between.
        }
    }

    private sealed class Registration(Process process) : IDisposable
    {
        public void Dispose()
        {
            KillIfRunning(process);
            Alive.TryRemove(process, out _);
        }
    }
}
