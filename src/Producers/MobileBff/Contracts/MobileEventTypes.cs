using EventSourcing.HttpIntake;

namespace EventSourcing.MobileBff.Contracts;

/// <summary>CloudEvents <c>type</c> of each event on the topic <c>mobile-events</c>.</summary>
public static class MobileEventTypes
{
    /// <summary>A screen was shown; data: <see cref="Contracts.ScreenView"/>.</summary>
    public const string ScreenView = "io.eventsourcing.mobile.screen-view.v1";

    /// <summary>Something was done; data: <see cref="UserAction"/>.</summary>
    public const string Action = "io.eventsourcing.mobile.action.v1";

    /// <summary>The types with their contracts.</summary>
    internal static EventCatalog Catalog(Uri schemaBase) => new(
        new DataContract(ScreenView, MobileJson.Default.ScreenView, schemaBase),
        new DataContract(Action, MobileJson.Default.UserAction, schemaBase));
}
