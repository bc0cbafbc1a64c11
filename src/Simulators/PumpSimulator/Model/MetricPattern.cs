namespace EventSourcing.PumpSimulator.Model;

/// <summary>Which metric a series moves.</summary>
internal enum MetricPattern
{
    /// <summary>None: every event is the same.</summary>
    Constant,

    /// <summary>Temperature.</summary>
    TDrop,

    /// <summary>Pressure.</summary>
    PDrop,

    /// <summary>Current.</summary>
    CDrop,

    /// <summary>Flow rate.</summary>
    FDrop,

    /// <summary>Rotation.</summary>
    RDrop,
}

/// <summary>Which way it moves.</summary>
internal enum MetricTrend
{
    /// <summary>From the base value down, a step per event.</summary>
    Decrease,

    /// <summary>From the base value up, a step per event.</summary>
    Increase,
}
