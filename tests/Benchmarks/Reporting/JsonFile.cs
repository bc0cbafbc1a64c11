using System.Text.Json;

namespace EventSourcing.Benchmarks.Reporting;

/// <summary>Results for programs.</summary>
internal static class JsonFile
{
    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public static async Task SaveAsync<T>(FileInfo file, T results, CancellationToken stop)
    {
        file.Directory!.Create();
        await using var stream = file.Create();
        await JsonSerializer.SerializeAsync(stream, results, Format, stop);
    }
}
