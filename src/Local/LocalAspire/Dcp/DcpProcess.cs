using System.Diagnostics;
using System.Globalization;

namespace Aspire.Hosting.Dcp;

/// <summary>
/// Starts DCP's API server. It watches this process (<c>--monitor</c>): when the AppHost is gone, even by SIGKILL,
/// DCP stops all that it started, deletes its session folder and ends.
/// </summary>
internal static class DcpProcess
{
    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(20);

    /// <summary>Variables of the AppHost that its resources must not inherit.</summary>
    private static readonly string[] NotInherited =
        ["ASPNETCORE_URLS", "ASPNETCORE_ENVIRONMENT", "DOTNET_ENVIRONMENT", "DOTNET_LAUNCH_PROFILE", "ASPIRE_LOGLEVEL", "ASPIRE_LOG_LEVEL"];

    public static async Task<KubeConfig> StartAsync(string dcp, string sessionFolder, DcpCertificate certificate, CancellationToken stop)
    {
        var (certificateFile, keyFile, kubeConfigFile) =
            (Path.Combine(sessionFolder, "cert.pem"), Path.Combine(sessionFolder, "key.pem"), Path.Combine(sessionFolder, "kubeconfig"));
        certificate.WriteTo(certificateFile, keyFile);
        await LaunchAsync(StartInfo(dcp, sessionFolder, kubeConfigFile, certificateFile, keyFile), stop);

        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(stop);
        deadline.CancelAfter(StartTimeout);
        try
        {
            while (true)
            {
                if (KubeConfig.TryRead(kubeConfigFile) is { } config)
                    return config;
                await Task.Delay(PollInterval, deadline.Token);
            }
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            throw new DistributedApplicationException($"The orchestrator '{dcp}' did not listen within {StartTimeout.TotalSeconds:0} s.");
        }
    }

    private static async Task LaunchAsync(ProcessStartInfo start, CancellationToken stop)
    {
        using var launcher = Process.Start(start)
            ?? throw new DistributedApplicationException($"The orchestrator '{start.FileName}' could not be started.");
        await launcher.WaitForExitAsync(stop);
        if (launcher.ExitCode != 0)
            throw new DistributedApplicationException($"The orchestrator '{start.FileName}' ended with exit code {launcher.ExitCode} at start.");
    }

    private static ProcessStartInfo StartInfo(string dcp, string folder, string kubeConfig, string certificateFile, string keyFile)
    {
        var start = new ProcessStartInfo(dcp)
        {
            ArgumentList =
            {
                "start-apiserver", "--detach", "--kubeconfig", kubeConfig, "--tls-cert-file", certificateFile, "--tls-key-file", keyFile,
                "--monitor", Environment.ProcessId.ToString(CultureInfo.InvariantCulture), "--monitor-interval", "1",
            },
            WorkingDirectory = folder,
            RedirectStandardOutput = true, // a few lines of the launcher; DCP itself writes to its session folder
            RedirectStandardError = true,
        };
        foreach (var name in NotInherited)
            start.Environment.Remove(name);
        start.Environment["DCP_SESSION_FOLDER"] = folder;
        return start;
    }
}
