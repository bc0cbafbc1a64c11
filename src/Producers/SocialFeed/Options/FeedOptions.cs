namespace EventSourcing.SocialFeed.Options;

/// <summary>One feed: its keys, and where its plain posts say what a CloudEvent says in attributes.</summary>
public sealed class FeedOptions
{
    /// <summary>
    /// Signing secrets, base64 of 24 to 64 bytes, with <c>whsec_</c> before it or without; 1 to 8. A request is taken when one of them fits, so a key is replaced by adding the
    /// new one, moving the sender, and removing the old one. Secret.
    /// </summary>
    public IList<string> Keys { get; init; } = [];

    /// <summary>Header of plain posts with the author id, which becomes <c>subject</c> and record key; default <c>X-Author-Id</c>.</summary>
    public string AuthorHeader { get; set; } = "X-Author-Id";

    /// <summary>Header of plain posts with their <c>source</c>; default <c>X-Source</c>. Without it the source is <c>/social-feed/{feed}</c>.</summary>
    public string SourceHeader { get; set; } = "X-Source";

    /// <summary>Header of plain posts with their <c>sequence</c>, 12 digits; default <c>X-Sequence</c>. It may be missing.</summary>
    public string SequenceHeader { get; set; } = "X-Sequence";
}
