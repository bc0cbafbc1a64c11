namespace EventSourcing.MobileBff;

/// <summary>Log messages of this service, EventIds 2600 to 2699.</summary>
internal static partial class Log
{
    [LoggerMessage(2600, LogLevel.Warning, "Lost {Count} dead letters: the dead-letter route refused them ({Type}: {Detail})")]
    public static partial void DeadLettersLost(ILogger logger, int count, string type, string detail);

    [LoggerMessage(2601, LogLevel.Error, "The receipt window cannot be written ({Reason}); batches are refused until it can")]
    public static partial void WindowUnavailable(ILogger logger, string reason);

    [LoggerMessage(2602, LogLevel.Information, "The receipt window can be written again")]
    public static partial void WindowBack(ILogger logger);

    [LoggerMessage(2604, LogLevel.Information, "After a crash {Begun} events had no receipt; the topic has {Found} of them")]
    public static partial void Recovered(ILogger logger, int begun, int found);

    [LoggerMessage(2605, LogLevel.Warning, "After a crash {Begun} events have no receipt and the topic could not be asked ({Reason}); sent again, they are stored again and marked")]
    public static partial void NotRecovered(ILogger logger, int begun, string reason);

    [LoggerMessage(2603, LogLevel.Warning, "{Count} receipts were given and not noted: these events, sent again, are stored again and marked")]
    public static partial void ReceiptsNotNoted(ILogger logger, int count);
}
