namespace EventSourcing.PumpSimulator.Model;

/// <summary>What a simulated pump measures at one moment, in whole numbers as the original has them.</summary>
internal readonly record struct Metrics(int Rotation, int Current, int Pressure, int FlowRate, int Temperature)
{
    /// <summary>Where a series starts. Rotation 0 is the original's, whose RDrop therefore never drops.</summary>
    public static readonly Metrics OriginalBase = new(Rotation: 0, Current: 110, Pressure: 100, FlowRate: 100, Temperature: 60);

    /// <summary>Where a series starts outside compatibility mode: as the original, but with a rotation that can drop.</summary>
    public static readonly Metrics Base = OriginalBase with { Rotation = 180 };

    /// <summary>These metrics with the one that <paramref name="pattern"/> names moved by <paramref name="amount"/>.</summary>
    public Metrics Moved(MetricPattern pattern, int amount) => pattern switch
    {
        MetricPattern.TDrop => this with { Temperature = Temperature + amount },
        MetricPattern.PDrop => this with { Pressure = Pressure + amount },
        MetricPattern.CDrop => this with { Current = Current + amount },
        MetricPattern.FDrop => this with { FlowRate = FlowRate + amount },
        MetricPattern.RDrop => this with { Rotation = Rotation + amount },
        _ => this,
    };

    /// <summary>The value of the metric that <paramref name="pattern"/> names; 0 for <see cref="MetricPattern.Constant"/>.</summary>
    public int ValueOf(MetricPattern pattern) => pattern switch
    {
        MetricPattern.TDrop => Temperature,
        MetricPattern.PDrop => Pressure,
        MetricPattern.CDrop => Current,
        MetricPattern.FDrop => FlowRate,
        MetricPattern.RDrop => Rotation,
        _ => 0,
    };
}
