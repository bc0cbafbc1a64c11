using System.Security.Cryptography;

namespace EventSourcing.LocalKafka.Security;

/// <summary>The users of a broker, by mechanism. Passwords are not kept.</summary>
internal sealed class UserStore
{
    private const string Plain = "PLAIN";

    private readonly Dictionary<string, Dictionary<string, ScramCredential>> _credentials = new(StringComparer.Ordinal);
    private readonly byte[] _secret = RandomNumberGenerator.GetBytes(32);

    public UserStore(SecurityOptions options, IReadOnlyDictionary<string, string> users)
    {
        Mechanisms = options.SaslMechanisms;
        FailedAuthenticationDelay = options.FailedAuthenticationDelay;
        foreach (var mechanism in Mechanisms)
            _credentials[mechanism] = users.ToDictionary(user => user.Key, user => ScramCredential.Of(HashOf(mechanism), user.Value), StringComparer.Ordinal);
    }

    public IReadOnlyList<string> Mechanisms { get; }

    public TimeSpan FailedAuthenticationDelay { get; }

    /// <summary>The server's side of one authentication; null when the mechanism is not served.</summary>
    public ISaslServer? Begin(string mechanism)
    {
        if (!_credentials.ContainsKey(mechanism))
            return null;
        return mechanism == Plain ? new PlainServer(user => Find(Plain, user)) : new ScramServer(HashOf(mechanism), user => Find(mechanism, user));
    }

    private ScramCredential Find(string mechanism, string user) =>
        _credentials[mechanism].GetValueOrDefault(user) ?? ScramCredential.Decoy(HashOf(mechanism), _secret, user);

    private static ScramMechanism HashOf(string mechanism) => mechanism == ScramMechanism.Sha512.Name ? ScramMechanism.Sha512 : ScramMechanism.Sha256;
}
