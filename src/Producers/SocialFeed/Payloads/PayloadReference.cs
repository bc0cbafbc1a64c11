namespace EventSourcing.SocialFeed.Payloads;

/// <summary>A payload in the store.</summary>
/// <param name="Hash">SHA-256 of its bytes, 64 hexadecimal digits in lower case.</param>
/// <param name="Bytes">Its length.</param>
/// <param name="Uri">Where it is read: the <c>dataref</c> of events.</param>
internal sealed record PayloadReference(string Hash, long Bytes, Uri Uri);
