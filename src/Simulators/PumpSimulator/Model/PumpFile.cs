using System.Text.Json;

namespace EventSourcing.PumpSimulator.Model;

/// <summary>A file with pumps: a JSON array of assets.</summary>
internal static class PumpFile
{
    private const int MaxBytes = 16 * 1024 * 1024;

    /// <summary>The six pumps that come with the simulator.</summary>
    public static string DefaultPath => Path.Combine(AppContext.BaseDirectory, "Data", "pumps.json");

    /// <summary>Reads a file of at most 16 MiB.</summary>
    /// <exception cref="InvalidDataException">It is no such file; the message says where.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static IReadOnlyList<PumpAsset> Load(string path)
    {
        var file = new FileInfo(path);
        if (!file.Exists)
            throw new InvalidDataException($"{path}: there is no such file.");
        if (file.Length > MaxBytes)
            throw new InvalidDataException($"{path}: {file.Length} bytes; the limit is {MaxBytes}.");
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(path), PumpFileJson.Default.ListPumpAsset)
                ?? throw new InvalidDataException($"{path}: JSON null; expected an array of pumps.");
        }
        catch (JsonException malformed)
        {
            throw new InvalidDataException($"{path}: {malformed.Message}", malformed);
        }
    }
}
