using System.Globalization;
using System.Text;

namespace EventSourcing.Benchmarks.Ingress.Paths;

/// <summary>The devices of the sensor paths and their plain readings; with what the gateway adds, the data are about 300 bytes.</summary>
internal static class Pumps
{
    private const int Count = 1_000;
    private const int MostAtOnce = 500;

    /// <summary>A plain reading.</summary>
    public static EventTemplate Reading { get; } = new(
        """{"id":"r<n>","deviceId":"device-<k>","pressure":1.<n>,"temperature":141.467,"frequency":50.25,"current":12.75,"flowRate":1042.5,"rotation":180}""");

    /// <summary>Bodies of the requests that register all devices.</summary>
    public static IEnumerable<byte[]> Registrations() =>
        Enumerable.Range(0, Count).Select(Registration).Chunk(MostAtOnce).Select(chunk => Encoding.UTF8.GetBytes($"[{string.Join(',', chunk)}]"));

    public static string DeviceOf(int number) => string.Create(CultureInfo.InvariantCulture, $"device-{EventTemplate.KeyOf(number):D4}");

    public static int NumberIn(ReadOnlySpan<byte> value) => EventTemplate.NumberAfter(value, "\"pressure\":1."u8);

    private static string Registration(int pump) =>
        $$"""{"assetId":"pump-{{pump:D4}}","deviceId":"{{DeviceOf(pump)}}","name":"{{EventTemplate.Filler(60)}}"}""";
}
