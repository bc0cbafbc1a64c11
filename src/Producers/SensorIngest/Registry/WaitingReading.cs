using System.Diagnostics;
using EventSourcing.SensorIngest.Intake;

namespace EventSourcing.SensorIngest.Registry;

/// <summary>A reading of a device that the registry does not know (yet).</summary>
/// <param name="Event">The reading.</param>
/// <param name="Outcome">Who waits for it.</param>
/// <param name="Trace">The span it arrived in; default when it is not sampled.</param>
/// <param name="Since">When it arrived.</param>
/// <param name="Grace">How long it may wait while the registry is current.</param>
internal sealed record WaitingReading(IncomingEvent Event, IIntakeOutcome Outcome, ActivityContext Trace, DateTimeOffset Since, TimeSpan Grace);
