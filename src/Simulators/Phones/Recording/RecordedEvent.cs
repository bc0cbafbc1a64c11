namespace EventSourcing.Phones.Recording;

/// <summary>One event of the recorded week.</summary>
/// <param name="Type">CloudEvents <c>type</c>.</param>
/// <param name="Data">JSON.</param>
/// <param name="Offset">When it happened, from the start of the week.</param>
/// <param name="Corruption">What is wrong with it.</param>
internal sealed record RecordedEvent(string Type, string Data, TimeSpan Offset, Corruption Corruption);

/// <summary>What can be wrong with an event.</summary>
internal enum Corruption
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>A member of the data has another type.</summary>
    WrongData,

    /// <summary>The data have a member that nobody knows.</summary>
    UnknownMember,

    /// <summary>The type is none that the service takes.</summary>
    UnknownType,

    /// <summary>The event has no type: no CloudEvent.</summary>
    NoEnvelope,

    /// <summary>It speaks for another phone.</summary>
    ForeignSubject,
}
