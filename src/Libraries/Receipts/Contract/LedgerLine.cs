using System.Globalization;
using System.Text;

namespace EventSourcing.Receipts;

/// <summary>The one line that sums a ledger up.</summary>
public static class LedgerLine
{
    /// <summary>
    /// <c>ledger: balanced accepted=N stored=N lost=0 duplicated=0 out-of-order=0</c>, or <c>unbalanced</c>; figures that are not always shown follow when they are not 0.
    /// </summary>
    public static string ToLine(this LedgerReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        var totals = report.Totals;
        var line = new StringBuilder();
        line.Append(CultureInfo.InvariantCulture, $"ledger: {(report.Balanced ? "balanced" : "unbalanced")} accepted={totals.Accepted} stored={totals.Stored}");
        line.Append(CultureInfo.InvariantCulture, $" lost={totals.Lost} duplicated={totals.Duplicated} out-of-order={totals.OutOfOrder}");
        Append("pending", totals.Pending);
        Append("marked-duplicates", totals.MarkedDuplicates);
        Append("rejected-but-present", totals.RejectedPresent);
        Append("untracked", totals.Untracked);
        return report.Settled ? line.ToString() : line.Append(" (not settled)").ToString();

        void Append(string name, long count)
        {
            if (count != 0)
                line.Append(CultureInfo.InvariantCulture, $" {name}={count}");
        }
    }
}
