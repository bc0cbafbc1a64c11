using EventSourcing.TestKit.Processes;

namespace EventSourcing.TestKit;

/// <summary>Whether a container engine answers; a command-line tool without an engine behind it counts as none.</summary>
internal static class ContainerEngines
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public static bool AnyRunning() => Answers("docker") || Answers("podman");

    private static bool Answers(string program)
    {
        try
        {
            return ProcessRunner.RunAsync(program, ["info"], timeout: Patience).GetAwaiter().GetResult().ExitCode == 0;
        }
        catch (Exception exception) when (exception is System.ComponentModel.Win32Exception or TimeoutException)
        {
            return false;
        }
    }
}
