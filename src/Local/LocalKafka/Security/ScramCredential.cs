using System.Security.Cryptography;

namespace EventSourcing.LocalKafka.Security;

/// <summary>What a server keeps of a password: enough to recognise it, not enough to use it.</summary>
internal sealed class ScramCredential
{
    private const int SaltBytes = 16;

    private readonly ScramMechanism _mechanism;

    private ScramCredential(ScramMechanism mechanism, byte[] salt, byte[] salted)
    {
        (_mechanism, Salt) = (mechanism, salt);
        StoredKey = mechanism.Digest(mechanism.Hmac(salted, "Client Key"u8));
        ServerKey = mechanism.Hmac(salted, "Server Key"u8);
    }

    public byte[] Salt { get; }
    public byte[] StoredKey { get; }
    public byte[] ServerKey { get; }

    public static ScramCredential Of(ScramMechanism mechanism, string password)
    {
        var salt = RandomNumberGenerator.GetBytes(SaltBytes);
        return new ScramCredential(mechanism, salt, mechanism.SaltPassword(password, salt));
    }

    /// <summary>For a user that does not exist: a salt that stays the same, and a key that no password has.</summary>
    public static ScramCredential Decoy(ScramMechanism mechanism, byte[] secret, string user)
    {
        var seed = mechanism.Hmac(secret, System.Text.Encoding.UTF8.GetBytes(user));
        return new ScramCredential(mechanism, seed[..SaltBytes], RandomNumberGenerator.GetBytes(mechanism.Bytes));
    }

    /// <summary>Whether this is the password; takes as long whatever the answer.</summary>
    public bool Matches(string password)
    {
        var key = _mechanism.Digest(_mechanism.Hmac(_mechanism.SaltPassword(password, Salt), "Client Key"u8));
        return CryptographicOperations.FixedTimeEquals(key, StoredKey);
    }
}
