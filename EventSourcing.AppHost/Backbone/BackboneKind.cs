namespace EventSourcing.AppHost.Backbone;

/// <summary>Where a server of the topology runs: the first of these that applies, or the one that <c>Backbone=</c> forces.</summary>
public enum BackboneKind
{
    /// <summary>A server of yours, named by a connection string.</summary>
    External,

    /// <summary>A container, when an engine is running.</summary>
    Container,

    /// <summary>A process of the machine's own installation.</summary>
    Process,

    /// <summary>The stand-in of <c>src/Local</c>.</summary>
    Embedded,
}
