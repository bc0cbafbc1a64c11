using System.ComponentModel;
using System.Diagnostics;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Orchestrator;

/// <summary>Kills processes that are still there after DCP stopped or died, so that nothing is left running.</summary>
internal static class Survivors
{
    /// <summary>A process started this much apart from what DCP said is another one that got the same id.</summary>
    private static readonly TimeSpan StartTolerance = TimeSpan.FromSeconds(5);

    public static void Kill(IEnumerable<ProcessInstance> instances, ILogger logger)
    {
        foreach (var instance in instances)
        {
            if (instance.Current is { IsEnded: false, Pid: { } pid, Started: { } started } && TryKill(pid, started))
                OrchestratorLog.Killed(logger, pid, instance.Id);
        }
    }

    private static bool TryKill(int pid, DateTime started)
    {
        try
        {
            using var process = Process.GetProcessById(pid);
            if ((process.StartTime.ToUniversalTime() - started).Duration() > StartTolerance || process.HasExited)
                return false;
            process.Kill(entireProcessTree: true);
            return true;
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or Win32Exception)
        {
            return false; // it is gone
        }
    }
}
