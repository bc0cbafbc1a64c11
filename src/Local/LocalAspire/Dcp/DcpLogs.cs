using System.Threading.Channels;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Dcp;

/// <summary>Reads what a process wrote. DCP keeps it in files of its session folder.</summary>
internal sealed class DcpLogs(DcpClient client)
{
    /// <summary>Lines of each source that are read at once at most, the last ones.</summary>
    private const int LongestRead = 20_000;

    private static readonly string[] Sources = ["stdout", "stderr"];

    /// <summary>Copies the output of a process from its beginning, then what it adds, until cancelled.</summary>
    public Task FollowAsync(string executable, ChannelWriter<LogLine> lines, CancellationToken stop) =>
        Task.WhenAll(Sources.Select(source => FollowAsync(executable, source, lines, stop)));

    /// <summary>The last lines of a source: <c>stdout</c>, <c>stderr</c>, or <c>system</c> for what DCP says about the process.</summary>
    public async Task<IReadOnlyList<string>> TailAsync(string executable, string source, int lines, CancellationToken stop)
    {
        using var reader = await client.OpenAsync($"{DcpExecutable.Kind}/{executable}/log?source={source}&follow=false&timestamps=false&tail={lines}", stop);
        var text = await reader.ReadToEndAsync(stop);
        return text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
    }

    /// <summary>All that a process wrote so far, in order of time.</summary>
    public async Task<IReadOnlyList<LogLine>> ReadAsync(string executable, CancellationToken stop)
    {
        var lines = new List<LogLine>();
        foreach (var source in Sources)
        {
            using var reader = await client.OpenAsync($"{DcpExecutable.Kind}/{executable}/log?source={source}&follow=false&timestamps=true&tail={LongestRead}", stop);
            while (await reader.ReadLineAsync(stop) is { } line)
                lines.Add(new LogLine(0, line, source == "stderr"));
        }

        return [.. lines.OrderBy(line => line.Content, StringComparer.Ordinal)];
    }

    private async Task FollowAsync(string executable, string source, ChannelWriter<LogLine> lines, CancellationToken stop)
    {
        using var reader = await client.OpenAsync($"{DcpExecutable.Kind}/{executable}/log?source={source}&follow=true&timestamps=true", stop);
        while (await reader.ReadLineAsync(stop) is { } line)
            await lines.WriteAsync(new LogLine(0, line, source == "stderr"), stop);
    }
}
