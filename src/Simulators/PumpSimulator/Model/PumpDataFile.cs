using System.Globalization;

namespace EventSourcing.PumpSimulator.Model;

/// <summary>
/// A file like <c>submersible_pump_data.csv</c>: a header, then <c>pump-419 , 105.103 , 141.467,35.729,50.257</c>. Spaces around fields and
/// lines without text (the original ends in some, one with a zero-width space) are left out.
/// </summary>
internal static class PumpDataFile
{
    private const int MaxReadings = 1_000_000;

    private static readonly string[] Columns = ["pump_id", "pressure", "temperature", "frequency", "current"];

    /// <summary>The excerpt that comes with the simulator.</summary>
    public static string DefaultPath => Path.Combine(AppContext.BaseDirectory, "Data", "submersible_pump_data.csv");

    /// <summary>The readings per pump, in the file's order; at most 1,000,000.</summary>
    /// <exception cref="InvalidDataException">It is no such file; the message names the line.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static IReadOnlyDictionary<string, IReadOnlyList<PumpReading>> Load(string path)
    {
        if (!File.Exists(path))
            throw new InvalidDataException($"{path}: there is no such file.");
        return Parse(File.ReadLines(path), path);
    }

    /// <summary>Parses lines; <paramref name="name"/> is what errors call the file.</summary>
    /// <exception cref="InvalidDataException">A line is wrong; the message names it.</exception>
    public static IReadOnlyDictionary<string, IReadOnlyList<PumpReading>> Parse(IEnumerable<string> lines, string name)
    {
        var pumps = new SortedDictionary<string, IReadOnlyList<PumpReading>>(StringComparer.Ordinal);
        var (number, count) = (0, 0);
        foreach (var line in lines)
        {
            number++;
            var fields = line.Split(',').Select(static field => field.Trim().Trim('\u200b', '\ufeff')).ToArray();
            if (fields is [""])
                continue;
            if (count == 0 && fields.SequenceEqual(Columns, StringComparer.OrdinalIgnoreCase))
                continue;
            if (++count > MaxReadings)
                throw new InvalidDataException($"{name}: more than {MaxReadings} readings.");
            var (pump, reading) = ParseLine(fields) ?? throw new InvalidDataException($"{name}, line {number}: expected {string.Join(", ", Columns)}.");
            if (!pumps.TryGetValue(pump, out var readings))
                pumps[pump] = readings = new List<PumpReading>();
            ((List<PumpReading>)readings).Add(reading);
        }

        return count > 0 ? pumps : throw new InvalidDataException($"{name}: no readings.");
    }

    private static (string Pump, PumpReading Reading)? ParseLine(string[] fields)
    {
        if (fields is not [{ Length: > 0 } pump, ..] || fields.Length != Columns.Length)
            return null;
        Span<decimal> figures = stackalloc decimal[Columns.Length - 1];
        for (var i = 0; i < figures.Length; i++)
        {
            if (!decimal.TryParse(fields[i + 1], NumberStyles.Float, CultureInfo.InvariantCulture, out figures[i]))
                return null;
        }

        return (pump, new PumpReading(figures[0], figures[1], figures[2], figures[3]));
    }
}
