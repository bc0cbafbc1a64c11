using System.Globalization;

namespace EventSourcing.AppHost.Mqtt;

/// <summary>A mosquitto installation: on the PATH (or Debian's sbin), or unpacked into <c>.tools/mosquitto</c> by the set-up, with a script that starts it.</summary>
internal static class Mosquitto
{
    /// <summary>The program; null when there is none.</summary>
    public static string? Find(string repositoryRoot)
    {
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Append("/usr/sbin").Append("/usr/local/sbin").Append(Path.GetFullPath(Path.Combine(repositoryRoot, ".tools", "mosquitto")));
        var name = OperatingSystem.IsWindows() ? "mosquitto.exe" : "mosquitto";
        return folders.Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists);
    }

    /// <summary>
    /// Sessions survive a restart, inflight is wide enough for ingest's Receive Maximum, and a queue has no limit: the broker is the
    /// devices' buffer. Within the autosave interval of one second a kill -9 can lose what was acknowledged.
    /// </summary>
    public static string Configuration(int port, string folder) => string.Create(CultureInfo.InvariantCulture, $"""
        listener {port} 127.0.0.1
        allow_anonymous true
        persistence true
        persistence_location {folder}/
        autosave_interval 1
        autosave_on_changes false
        max_inflight_messages 1000
        max_queued_messages 0
        set_tcp_nodelay true
        {(Environment.IsPrivilegedProcess ? "user root" : "")}

        """);
}
