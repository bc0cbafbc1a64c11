using System.Globalization;

namespace EventSourcing.PostgresCdc.Positions;

/// <summary>
/// Where a change stands: commit LSN, place in its transaction, part of it. Written as <c>00000000015850EF-00000001</c> or <c>...-00000001.1</c>. The same after
/// every restart, whatever the slot says; the order of the stream, and so of every partition.
/// </summary>
internal readonly record struct ChangeMark(ulong Lsn, uint Ordinal, uint Part = 0) : IComparable<ChangeMark>
{
    private const int LsnDigits = 16;

    /// <inheritdoc/>
    public int CompareTo(ChangeMark other) => (Lsn, Ordinal, Part).CompareTo((other.Lsn, other.Ordinal, other.Part));

    /// <inheritdoc/>
    public override string ToString() => Part == 0
        ? string.Create(CultureInfo.InvariantCulture, $"{Lsn:X16}-{Ordinal:D8}")
        : string.Create(CultureInfo.InvariantCulture, $"{Lsn:X16}-{Ordinal:D8}.{Part}");

    /// <summary>Reads a mark; null for the ids of snapshot rows and everything else.</summary>
    public static ChangeMark? Parse(string? id)
    {
        if (id is null || id.Length < LsnDigits + 9 || id[LsnDigits] != '-' || !ulong.TryParse(id.AsSpan(0, LsnDigits), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var lsn))
            return null;
        var rest = id.AsSpan(LsnDigits + 1);
        var dot = rest.IndexOf('.');
        uint part = 0;
        if (dot >= 0 && !uint.TryParse(rest[(dot + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out part))
            return null;
        return uint.TryParse(dot < 0 ? rest : rest[..dot], NumberStyles.None, CultureInfo.InvariantCulture, out var ordinal) ? new ChangeMark(lsn, ordinal, part) : null;
    }

    public static bool operator <(ChangeMark left, ChangeMark right) => left.CompareTo(right) < 0;

    public static bool operator >(ChangeMark left, ChangeMark right) => left.CompareTo(right) > 0;

    public static bool operator <=(ChangeMark left, ChangeMark right) => left.CompareTo(right) <= 0;

    public static bool operator >=(ChangeMark left, ChangeMark right) => left.CompareTo(right) >= 0;
}
