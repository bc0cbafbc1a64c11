using EventSourcing.SocialFeed.Payloads;

namespace EventSourcing.SocialFeed.Intake;

/// <summary>The data of one post as they came in.</summary>
/// <param name="Upload">Where they are being received when they are large; else they are in the event.</param>
/// <param name="IsUtf8">True when they are valid UTF-8.</param>
internal readonly record struct PostContent(PayloadUpload? Upload, bool IsUtf8);
