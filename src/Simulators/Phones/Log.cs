namespace EventSourcing.Phones;

/// <summary>The simulator's log messages; EventIds 2700 to 2799.</summary>
internal static partial class Log
{
    [LoggerMessage(2700, LogLevel.Information, "{Phones} phones start run {Run}, together {Rate} events per second")]
    public static partial void Starting(ILogger logger, int phones, string run, double rate);

    [LoggerMessage(2701, LogLevel.Information, "The run has ended: {Receipts}")]
    public static partial void Ended(ILogger logger, string receipts);

    [LoggerMessage(2702, LogLevel.Warning, "{Phone}: event {Number} was expected to be {Expected} and was {Answer} ({Type} {Detail})")]
    public static partial void Unexpected(ILogger logger, string phone, long number, string expected, string answer, string? type, string? detail);
}
