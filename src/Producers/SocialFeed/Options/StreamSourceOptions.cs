namespace EventSourcing.SocialFeed.Options;

/// <summary>One stream.</summary>
public sealed class StreamSourceOptions
{
    /// <summary>Its address; a service's name is resolved by service discovery. Required.</summary>
    public Uri? Uri { get; set; }

    /// <summary>Where the stored cursor is reported by <c>POST {"cursor":"..."}</c>; default none. The report is made after the cursor is on disk.</summary>
    public Uri? CommitUri { get; set; }

    /// <summary>Sent as <c>Authorization: Bearer</c>; default none. Secret.</summary>
    public string? Token { get; set; }
}
