using System.Text.Json;

namespace EventSourcing.CloudEvents.Tests.Vectors;

/// <summary>One case of a JSON vector file.</summary>
internal sealed record JsonVector(string Id, string? SampleId, bool KnowsExtensions, byte[] Json)
{
    public static IEnumerable<string> Ids(string file) => Load(file).Select(static vector => vector.Id);

    public static JsonVector Find(string file, string id) => Load(file).Single(vector => vector.Id == id);

    public static IReadOnlyList<JsonVector> Load(string file)
    {
        using var document = JsonDocument.Parse(VectorFolder.Read(file));
        return [.. document.RootElement.GetProperty("tests").EnumerateArray().Select(Read)];
    }

    private static JsonVector Read(JsonElement test) => new(
        test.GetProperty("id").GetString()!,
        test.TryGetProperty("sampleId", out var sample) ? sample.GetString() : null,
        test.TryGetProperty("sampleExtensionAttributes", out var extensions) && extensions.GetBoolean(),
        JsonSerializer.SerializeToUtf8Bytes(test.TryGetProperty("event", out var one) ? one : test.GetProperty("batch")));
}
