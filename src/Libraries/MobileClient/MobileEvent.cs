namespace EventSourcing.MobileClient;

/// <summary>Something that happened in the app.</summary>
/// <param name="Type">CloudEvents <c>type</c>.</param>
/// <param name="Data">JSON in UTF-8.</param>
/// <param name="Time">When it happened, by the phone's clock.</param>
/// <param name="TraceParent">The trace it belongs to; null for none.</param>
public sealed record MobileEvent(string Type, ReadOnlyMemory<byte> Data, DateTimeOffset Time, string? TraceParent = null);
