using System.ComponentModel;
using System.Diagnostics;

namespace EventSourcing.AppHost.Backbone;

/// <summary>Tells whether a container engine answers; a client without an engine is the normal case in CI and must not hang the start.</summary>
internal static class ContainerEngine
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);
    private static readonly Lazy<bool> Answer = new(() => Answers("docker") || Answers("podman"));

    /// <summary>An engine answers, and this AppHost can use it: LocalAspire, where the Aspire packages are not served, starts no containers.</summary>
    public static bool IsUsable => typeof(DistributedApplication).Assembly.GetName().Name != "LocalAspire" && Answer.Value;

    private static bool Answers(string client)
    {
        var start = new ProcessStartInfo(client, ["version", "--format", "{{.Server.Version}}"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        try
        {
            using var process = Process.Start(start)!;
            if (process.WaitForExit(Patience))
                return process.ExitCode == 0;
            process.Kill(entireProcessTree: true);
            return false;
        }
        catch (Win32Exception)
        {
            return false; // there is no such client on the PATH
        }
    }
}
