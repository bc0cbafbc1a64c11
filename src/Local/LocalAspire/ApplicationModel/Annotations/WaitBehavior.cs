namespace Aspire.Hosting.ApplicationModel;

/// <summary>What a waiting resource does when the one it waits for ends or fails.</summary>
public enum WaitBehavior
{
    /// <summary>Goes on waiting. Default with a dashboard, where the failed one can be started again.</summary>
    WaitOnResourceUnavailable,

    /// <summary>Fails too. Default without a dashboard.</summary>
    StopOnResourceUnavailable,
}
