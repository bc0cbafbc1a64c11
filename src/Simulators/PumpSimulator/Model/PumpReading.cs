namespace EventSourcing.PumpSimulator.Model;

/// <summary>One line of a pump data file, its figures exactly as written there.</summary>
internal readonly record struct PumpReading(decimal Pressure, decimal Temperature, decimal Frequency, decimal Current);
