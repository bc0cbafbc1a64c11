namespace EventSourcing.Orders.Endpoints;

/// <summary>
/// The header <c>Idempotency-Key</c> (IETF draft httpapi-idempotency-key-header): a structured field, a string in quotes. A bare one is taken, too:
/// many clients send a UUID without quotes.
/// </summary>
internal static class IdempotencyKey
{
    public const string Header = "Idempotency-Key";
    private const int MaxLength = 128;

    /// <summary>The key; null when the header is absent, repeated, or no key.</summary>
    public static string? Read(IHeaderDictionary headers)
    {
        if (headers[Header] is not [{ } text])
            return null;
        var isQuoted = text.Length >= 2 && text[0] == '"' && text[^1] == '"';
        var key = isQuoted ? text[1..^1] : text;
        return key.Length is > 0 and <= MaxLength && key.All(static c => c is > ' ' and <= '~' and not '"' and not '\\' and not ',') ? key : null;
    }
}
