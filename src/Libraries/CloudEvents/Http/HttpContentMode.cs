namespace EventSourcing.CloudEvents.Http;

/// <summary>HTTP content modes (HTTP binding, section 3).</summary>
public enum HttpContentMode
{
    /// <summary>Attributes in <c>ce-</c> headers, data in the body.</summary>
    Binary,

    /// <summary>The whole event in the body.</summary>
    Structured,

    /// <summary>A JSON array of events in the body.</summary>
    Batch,
}
