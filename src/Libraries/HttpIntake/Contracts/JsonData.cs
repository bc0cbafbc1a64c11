using System.Text.Unicode;

namespace EventSourcing.HttpIntake;

/// <summary>What an intake takes as data: JSON in UTF-8.</summary>
public static class JsonData
{
    /// <summary>Media type of the data.</summary>
    public const string ContentType = "application/json";

    /// <summary>True when the event says its data are JSON in UTF-8, or says nothing.</summary>
    public static bool IsClaimed(string? contentType)
    {
        if (contentType is null)
            return true;
        var parts = contentType.Split(';', StringSplitOptions.TrimEntries);
        return parts[0].Equals(ContentType, StringComparison.OrdinalIgnoreCase) && parts.Skip(1).All(IsUtf8OrOther);
    }

    /// <summary>True when <paramref name="bytes"/> are valid UTF-8.</summary>
    public static bool IsUtf8(ReadOnlySpan<byte> bytes) => Utf8.IsValid(bytes);

    private static bool IsUtf8OrOther(string parameter) =>
        !parameter.StartsWith("charset=", StringComparison.OrdinalIgnoreCase)
        || parameter.AsSpan("charset=".Length).Trim('"').Equals("utf-8", StringComparison.OrdinalIgnoreCase);
}
