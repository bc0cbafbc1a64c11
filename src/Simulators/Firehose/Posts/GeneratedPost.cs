namespace EventSourcing.Firehose.Posts;

/// <summary>What an author posts.</summary>
/// <param name="Number">Its number within its source, from 1.</param>
/// <param name="Author">The author id.</param>
/// <param name="ContentType">What the bytes are.</param>
/// <param name="Data">The bytes.</param>
/// <param name="Shape">How it goes over the webhook.</param>
/// <param name="Corruption">What is wrong with it.</param>
internal sealed record GeneratedPost(long Number, string Author, string ContentType, byte[] Data, PostShape Shape, Corruption Corruption);

/// <summary>The four forms of a webhook.</summary>
internal enum PostShape
{
    /// <summary>A CloudEvent whose attributes are headers.</summary>
    Binary,

    /// <summary>A CloudEvent as JSON.</summary>
    Structured,

    /// <summary>Several CloudEvents as JSON.</summary>
    Batch,

    /// <summary>A body that is no CloudEvent.</summary>
    Plain,
}

/// <summary>What may be wrong with a post.</summary>
internal enum Corruption
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>Text that says it is UTF-8 and is not.</summary>
    BrokenText,

    /// <summary>An event type nobody has heard of.</summary>
    UnknownType,

    /// <summary>No author.</summary>
    NoAuthor,

    /// <summary>A signature with another key.</summary>
    WrongKey,
}
