using EventSourcing.HttpIntake;

namespace EventSourcing.WebEvents.Contracts;

/// <summary>CloudEvents <c>type</c> of each event on the topic <c>web-events</c>.</summary>
public static class WebEventTypes
{
    /// <summary>A page was shown; data: <see cref="Contracts.PageView"/>.</summary>
    public const string PageView = "io.eventsourcing.web.page-view.v1";

    /// <summary>Something on a page was clicked; data: <see cref="Contracts.Click"/>.</summary>
    public const string Click = "io.eventsourcing.web.click.v1";

    /// <summary>Something the site's own code found worth telling; data: <see cref="CustomEvent"/>.</summary>
    public const string Custom = "io.eventsourcing.web.custom.v1";

    /// <summary>The types with their contracts.</summary>
    internal static EventCatalog Catalog(Uri schemaBase) => new(
        new DataContract(PageView, WebEventsJson.Default.PageView, schemaBase),
        new DataContract(Click, WebEventsJson.Default.Click, schemaBase),
        new DataContract(Custom, WebEventsJson.Default.CustomEvent, schemaBase));
}
