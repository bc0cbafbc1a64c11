namespace EventSourcing.SocialFeed.Payloads;

/// <summary>A payload, open for reading; it stays readable when it expires meanwhile.</summary>
/// <param name="Content">Its bytes; the reader closes them.</param>
/// <param name="ContentType">The content type they came with first.</param>
/// <param name="Referred">When an event last referred to it.</param>
/// <param name="Left">How long it stays.</param>
internal sealed record OpenPayload(FileStream Content, string ContentType, DateTimeOffset Referred, TimeSpan Left);
