using System.Text;

namespace EventSourcing.LocalKafka.Security;

/// <summary>PLAIN (RFC 4616): one message, <c>[authzid] NUL authcid NUL passwd</c>.</summary>
internal sealed class PlainServer(Func<string, ScramCredential> find) : ISaslServer
{
    private bool _isOver;

    public string? User { get; private set; }

    public byte[] Answer(ReadOnlySpan<byte> message)
    {
        if (_isOver)
            throw new SaslException("PLAIN has one message only.");
        _isOver = true;
        var parts = Encoding.UTF8.GetString(message).Split('\0');
        if (parts is not [var authorised, { Length: > 0 } user, { Length: > 0 } password])
            throw new SaslException("A PLAIN message is an authorisation id, a user and a password with NUL between them.");
        var matches = find(user).Matches(password);
        if (!matches || (authorised.Length > 0 && authorised != user))
            throw new SaslException("Authentication failed: Invalid username or password");
        User = user;
        return [];
    }
}
