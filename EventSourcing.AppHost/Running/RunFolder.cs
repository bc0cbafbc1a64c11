using System.Diagnostics;
using System.Globalization;

namespace EventSourcing.AppHost.Running;

/// <summary>
/// One temporary folder per topology, with a folder per resource. A restarted resource finds its data again; a new run, also one in the same
/// process, starts empty. Folders whose process has ended are deleted by the next run, so that a killed AppHost leaves nothing for long.
/// </summary>
internal static class RunFolder
{
    private const string Prefix = "eventsourcing-run-";
    private const string Key = "RunFolder";

    public static string Of(IDistributedApplicationBuilder builder, string resource) =>
        Directory.CreateDirectory(Path.Combine(builder.Configuration[Key] ??= Create(), resource)).FullName;

    private static string Create()
    {
        foreach (var folder in Directory.EnumerateDirectories(Path.GetTempPath(), Prefix + "*").Where(IsOver))
            Delete(folder);

        var unique = Guid.NewGuid().ToString("N")[..8];
        var name = string.Create(CultureInfo.InvariantCulture, $"{Prefix}{Environment.ProcessId}-{unique}");
        return Directory.CreateDirectory(Path.Combine(Path.GetTempPath(), name)).FullName;
    }

    private static void Delete(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            // Another run deletes it too, or it is another user's.
        }
    }

    private static bool IsOver(string folder)
    {
        var id = Path.GetFileName(folder)[Prefix.Length..].Split('-')[0];
        return int.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var process) && !IsRunning(process);
    }

    private static bool IsRunning(int process)
    {
        try
        {
            using var running = Process.GetProcessById(process);
            return true;
        }
        catch (ArgumentException)
        {
            return false; // no such process
        }
    }
}
