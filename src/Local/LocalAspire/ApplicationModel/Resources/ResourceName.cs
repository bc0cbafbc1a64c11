namespace Aspire.Hosting.ApplicationModel;

/// <summary>The naming rule that resources and endpoints share.</summary>
internal static class ResourceName
{
    private const int MaxLength = 64;

    public static void Validate(string name, string kind = "Resource")
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        if (name.Length > MaxLength)
            throw Invalid(kind, name, $"it has {name.Length} characters, at most {MaxLength} are allowed");
        if (!char.IsAsciiLetter(name[0]))
            throw Invalid(kind, name, "it must start with an ASCII letter");
        if (name.Any(c => !char.IsAsciiLetterOrDigit(c) && c != '-'))
            throw Invalid(kind, name, "only ASCII letters, digits and hyphens are allowed");
        if (name.EndsWith('-') || name.Contains("--", StringComparison.Ordinal))
            throw Invalid(kind, name, "a hyphen may not be last nor doubled");
    }

    private static ArgumentException Invalid(string kind, string name, string reason) =>
        new($"{kind} name '{name}' is invalid: {reason}.", nameof(name));
}
