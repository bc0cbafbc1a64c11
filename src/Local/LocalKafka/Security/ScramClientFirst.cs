namespace EventSourcing.LocalKafka.Security;

/// <summary>The first message of a SCRAM client: <c>n,,n=user,r=nonce</c>.</summary>
/// <param name="Header">The GS2 header, which the last message repeats.</param>
/// <param name="Bare">What follows it, which is signed.</param>
/// <param name="User">The user, as it was before it was escaped.</param>
/// <param name="Nonce">The client's part of the nonce.</param>
internal sealed record ScramClientFirst(string Header, string Bare, string User, string Nonce)
{
    private const int LongestNonce = 1_024;

    /// <exception cref="SaslException">The message is not of that form, wants channel binding, or authorisation as somebody else.</exception>
    public static ScramClientFirst Parse(string text)
    {
        var parts = text.Split(',');
        if (parts.Length < 4 || parts[0] is not ("n" or "y") || !parts[2].StartsWith("n=", StringComparison.Ordinal) || !parts[3].StartsWith("r=", StringComparison.Ordinal))
            throw new SaslException("A first SCRAM message without channel binding is n,,n=user,r=nonce.");
        var user = Unescape(parts[2][2..]);
        var nonce = parts[3][2..];
        if (user.Length == 0 || nonce.Length is 0 or > LongestNonce)
            throw new SaslException("A first SCRAM message names a user and a nonce.");
        if (parts[1].Length > 0 && parts[1] != "a=" + parts[2][2..])
            throw new SaslException("Authorisation as another user is not served.");
        if (parts.Skip(4).Any(extension => extension.StartsWith("m=", StringComparison.Ordinal)))
            throw new SaslException("The mandatory extension of the SCRAM message is not served.");
        var header = $"{parts[0]},{parts[1]},";
        return new ScramClientFirst(header, text[header.Length..], user, nonce);
    }

    private static string Unescape(string name) => name.Replace("=2C", ",", StringComparison.Ordinal).Replace("=3D", "=", StringComparison.Ordinal);
}
