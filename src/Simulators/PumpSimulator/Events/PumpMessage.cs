using CloudNative.CloudEvents;

namespace EventSourcing.PumpSimulator.Events;

/// <summary>One event of one device, as any transport sends it.</summary>
/// <param name="Device">The device.</param>
/// <param name="Kind">Reading or registration.</param>
/// <param name="Event">The event; its <c>partitionkey</c> is the asset id.</param>
/// <param name="Sequence">Its number among the events that the device sends for one topic.</param>
internal sealed record PumpMessage(string Device, PumpEventKind Kind, CloudEvent Event, long Sequence)
{
    /// <summary>An earlier attempt got no answer: whoever takes it must reckon with having it already.</summary>
    public bool MayHaveBeenSent { get; set; }
}

/// <summary>What a message is; each kind has its own topic everywhere.</summary>
internal enum PumpEventKind
{
    /// <summary><c>io.eventsourcing.sensor.reading.v1</c>.</summary>
    Reading,

    /// <summary><c>io.eventsourcing.asset.registered.v1</c>.</summary>
    Registration,
}
