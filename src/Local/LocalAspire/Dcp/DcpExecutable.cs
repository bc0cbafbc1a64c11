using System.Text.Json;

namespace Aspire.Hosting.Dcp;

/// <summary>What DCP says about a process that it runs.</summary>
internal sealed record DcpExecutable(string Name, string Uid, string State, int? Pid, int? ExitCode, DateTime? Started, DateTime? Finished)
{
    public const string Kind = "executables";

    public bool IsEnded => State is "Finished" or "Terminated" or "FailedToStart";

    public bool IsStarting => State is "" or "Starting";

    public static DcpExecutable Parse(JsonElement o)
    {
        var metadata = o.GetProperty("metadata");
        var status = o.TryGetProperty("status", out var s) ? s : default;
        return new DcpExecutable(
            metadata.GetProperty("name").GetString()!, metadata.GetProperty("uid").GetString()!, Text(status, "state") ?? "",
            Number(status, "pid"), Number(status, "exitCode"), Time(status, "startupTimestamp"), Time(status, "finishTimestamp"));
    }

    private static string? Text(JsonElement status, string name) =>
        status.ValueKind == JsonValueKind.Object && status.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static int? Number(JsonElement status, string name) =>
        status.ValueKind == JsonValueKind.Object && status.TryGetProperty(name, out var value) && value.TryGetInt32(out var number) ? number : null;

    private static DateTime? Time(JsonElement status, string name) =>
        Text(status, name) is { } text && DateTimeOffset.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out var time) ? time.UtcDateTime : null;
}
