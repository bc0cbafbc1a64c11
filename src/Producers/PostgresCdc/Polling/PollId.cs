using System.Security.Cryptography;
using System.Text;

namespace EventSourcing.PostgresCdc.Polling;

/// <summary>Ids of polled rows: the poll column's value and the key; long ones as digest.</summary>
internal static class PollId
{
    private const int Longest = 150;

    /// <summary>The id.</summary>
    public static string Of(string value, string key)
    {
        var id = $"p-{value}-{key}";
        return id.Length <= Longest && !id.Any(char.IsControl) ? id : $"p-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(id)))}";
    }
}
