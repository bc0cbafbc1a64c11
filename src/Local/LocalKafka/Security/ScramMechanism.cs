using System.Security.Cryptography;

namespace EventSourcing.LocalKafka.Security;

/// <summary>The hash of a SCRAM mechanism (RFC 5802, RFC 7677) and what is computed with it.</summary>
internal sealed record ScramMechanism(string Name, HashAlgorithmName Hash, int Bytes)
{
    /// <summary>Kafka's default and minimum.</summary>
    public const int Iterations = 4_096;

    public static ScramMechanism Sha256 { get; } = new("SCRAM-SHA-256", HashAlgorithmName.SHA256, SHA256.HashSizeInBytes);

    public static ScramMechanism Sha512 { get; } = new("SCRAM-SHA-512", HashAlgorithmName.SHA512, SHA512.HashSizeInBytes);

    public byte[] SaltPassword(string password, byte[] salt) => Rfc2898DeriveBytes.Pbkdf2(password, salt, Iterations, Hash, Bytes);

    public byte[] Hmac(byte[] key, ReadOnlySpan<byte> text) => CryptographicOperations.HmacData(Hash, key, text);

    public byte[] Digest(byte[] bytes) => CryptographicOperations.HashData(Hash, bytes);
}
