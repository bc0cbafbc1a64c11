namespace Aspire.Hosting.ApplicationModel;

/// <summary>A url that is shown for a resource.</summary>
public class ResourceUrlAnnotation : IResourceAnnotation
{
    /// <summary>The url; a relative one is resolved against its endpoint.</summary>
    public required string Url { get; set; }

    /// <summary>Text of the link; null for the url.</summary>
    public string? DisplayText { get; set; }

    /// <summary>The endpoint it belongs to; null for none.</summary>
    public EndpointReference? Endpoint { get; init; }

    /// <summary>Where it is shown.</summary>
    public UrlDisplayLocation DisplayLocation { get; set; } = UrlDisplayLocation.SummaryAndDetails;
}

/// <summary>Where the dashboard shows a url.</summary>
public enum UrlDisplayLocation
{
    /// <summary>In the list of resources and in the details.</summary>
    SummaryAndDetails,

    /// <summary>In the details only.</summary>
    DetailsOnly,
}
