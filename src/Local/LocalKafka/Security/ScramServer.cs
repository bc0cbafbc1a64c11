using System.Security.Cryptography;
using System.Text;

namespace EventSourcing.LocalKafka.Security;

/// <summary>
/// SCRAM (RFC 5802) without channel binding: <c>n,,n=user,r=nonce</c> is answered with nonce, salt and iterations, the proof with the server's own signature.
/// </summary>
internal sealed class ScramServer(ScramMechanism mechanism, Func<string, ScramCredential> find) : ISaslServer
{
    private const int NonceBytes = 24;
    private const string Failed = "Authentication failed during authentication due to invalid credentials with SASL mechanism ";

    private ScramCredential? _credential;
    private ScramClientFirst? _first;
    private string _serverFirst = "";
    private string _nonce = "";
    private bool _isOver;

    public string? User { get; private set; }

    public byte[] Answer(ReadOnlySpan<byte> message)
    {
        if (_isOver)
            throw new SaslException("This SCRAM exchange is over.");
        var text = Encoding.UTF8.GetString(message);
        return Encoding.UTF8.GetBytes(_first is null ? AnswerFirst(text) : AnswerFinal(text));
    }

    private string AnswerFirst(string text)
    {
        _first = ScramClientFirst.Parse(text);
        _credential = find(_first.User);
        _nonce = _first.Nonce + Convert.ToBase64String(RandomNumberGenerator.GetBytes(NonceBytes));
        return _serverFirst = $"r={_nonce},s={Convert.ToBase64String(_credential.Salt)},i={ScramMechanism.Iterations}";
    }

    private string AnswerFinal(string text)
    {
        _isOver = true;
        var proofAt = text.LastIndexOf(",p=", StringComparison.Ordinal);
        var binding = $"c={Convert.ToBase64String(Encoding.UTF8.GetBytes(_first!.Header))},r={_nonce}";
        if (proofAt < 0 || text[..proofAt] != binding)
            throw new SaslException(Failed + mechanism.Name);
        var signed = Encoding.UTF8.GetBytes($"{_first.Bare},{_serverFirst},{binding}");
        if (!IsProof(text[(proofAt + 3)..], signed))
            throw new SaslException(Failed + mechanism.Name);
        User = _first.User;
        return "v=" + Convert.ToBase64String(mechanism.Hmac(_credential!.ServerKey, signed));
    }

    // The proof is the client's key, hidden by a signature that only who knows the stored key can take off.
    private bool IsProof(string proof, byte[] signed)
    {
        var key = new byte[mechanism.Bytes];
        if (!Convert.TryFromBase64String(proof, key, out var length) || length != key.Length)
            return false;
        var signature = mechanism.Hmac(_credential!.StoredKey, signed);
        for (var index = 0; index < key.Length; index++)
            key[index] ^= signature[index];
        return CryptographicOperations.FixedTimeEquals(mechanism.Digest(key), _credential.StoredKey);
    }
}
