namespace EventSourcing.SensorIngest.Contracts;

/// <summary>The figures a pump's sensors report, each exactly as the device wrote it (a decimal keeps the digits that a double may not).</summary>
public interface IMeasured
{
    /// <summary>Pressure, unit as configured at the device, 0 to 100,000.</summary>
    decimal? Pressure { get; }

    /// <summary>Temperature, unit as configured at the device, -273.15 to 10,000.</summary>
    decimal? Temperature { get; }

    /// <summary>Supply frequency, Hz, 0 to 1,000.</summary>
    decimal? Frequency { get; }

    /// <summary>Motor current, A, -10,000 to 10,000; negative when the motor feeds back.</summary>
    decimal? Current { get; }

    /// <summary>Flow rate, unit as configured at the device, 0 to 1,000,000.</summary>
    decimal? FlowRate { get; }

    /// <summary>Rotation, degrees, 0 to 360.</summary>
    decimal? Rotation { get; }
}
