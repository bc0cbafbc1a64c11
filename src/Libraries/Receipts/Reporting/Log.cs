using Microsoft.Extensions.Logging;

namespace EventSourcing.Receipts;

internal static partial class Log
{
    [LoggerMessage(1800, LogLevel.Warning, "The ledger at {Ledger} does not take receipts ({Reason}); going on without it, trying again with every report")]
    public static partial void LedgerAbsent(ILogger logger, Uri ledger, string reason);

    [LoggerMessage(1801, LogLevel.Warning, "The ledger at {Ledger} takes receipts again; it has the full state")]
    public static partial void LedgerBack(ILogger logger, Uri ledger);

    [LoggerMessage(1802, LogLevel.Warning, "The ledger at {Ledger} did not take the last report within {Timeout}; it will count this run's last events as unconfirmed")]
    public static partial void FinalReportNotTaken(ILogger logger, Uri ledger, TimeSpan timeout);
}
