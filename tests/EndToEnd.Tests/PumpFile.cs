using System.Globalization;
using System.Text.Json;
using EventSourcing.TestKit;

namespace EventSourcing.EndToEnd.Tests;

/// <summary>The figures of the pump data file, read here a second time so that the topic can be compared with the file itself.</summary>
internal static class PumpFile
{
    private const string Path = "src/Simulators/PumpSimulator/Data/submersible_pump_data.csv";

    /// <summary>Pressure, temperature, frequency and current of every line.</summary>
    public static HashSet<(decimal, decimal, decimal, decimal)> Read() =>
    [
        .. File.ReadLines(System.IO.Path.Combine(Repository.Root, Path)).Skip(1)
            .Select(line => line.Split(',')[1..].Select(field => decimal.Parse(field, NumberStyles.Float, CultureInfo.InvariantCulture)).ToArray())
            .Select(figures => (figures[0], figures[1], figures[2], figures[3])),
    ];

    /// <summary>The same four figures of a reading on the topic.</summary>
    public static (decimal, decimal, decimal, decimal) Figures(string json)
    {
        var reading = JsonDocument.Parse(json).RootElement;
        return (Figure("pressure"), Figure("temperature"), Figure("frequency"), Figure("current"));

        decimal Figure(string name) => reading.GetProperty(name).GetDecimal();
    }
}
