namespace EventSourcing.CloudEvents.Attributes;

/// <summary>The naming rules of context attributes (CloudEvents 1.0, Naming Conventions).</summary>
internal static class AttributeNames
{
    public const string SpecVersion = "specversion";
    public const string DataContentType = "datacontenttype";
    public const string PartitionKey = "partitionkey";

    /// <summary>Lower-case ASCII letters and digits, at least one, and not <c>data</c>.</summary>
    public static bool IsValid(string name)
    {
        if (name.Length == 0 || name == "data")
            return false;
        foreach (var c in name)
        {
            if (!char.IsAsciiLetterLower(c) && !char.IsAsciiDigit(c))
                return false;
        }
        return true;
    }
}
