using System.Security.Cryptography;
using System.Text;

namespace EventSourcing.PostgresCdc.Positions;

/// <summary>Ids of snapshot rows: LSN of the snapshot and the key; a long key is its digest.</summary>
internal static class SnapshotId
{
    private const int LongestKey = 100;

    /// <summary>The id of a row; the table is the event's <c>source</c>.</summary>
    public static string Of(ulong lsn, string key) =>
        $"{Position.Hex(lsn)}-s-{(key.Length <= LongestKey && !key.Any(char.IsControl) ? key : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key))))}";
}
