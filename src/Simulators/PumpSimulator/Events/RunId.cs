namespace EventSourcing.PumpSimulator.Events;

/// <summary>Names one run of the process, so that its sources count from 1 without meeting an earlier run's.</summary>
internal static class RunId
{
    /// <summary>Eight hexadecimal digits.</summary>
    public static string New() => Guid.NewGuid().ToString("N")[..8];
}
