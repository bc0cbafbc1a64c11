namespace EventSourcing.EndToEnd.Tests.Contract;

/// <summary>What happens while producers are under load.</summary>
public enum Fault
{
    /// <summary>The broker is killed with -9 and away for ten seconds.</summary>
    BackboneAway,

    /// <summary>The broker is told to stop, and started again.</summary>
    BackboneRestarted,

    /// <summary>Every service is killed with -9, and started again.</summary>
    ServiceKilled,

    /// <summary>Every service is told to stop, must end with code 0, and is started again.</summary>
    ServiceStopped,
}
