namespace EventSourcing.LocalKafka.Security;

/// <summary>The server's side of one authentication.</summary>
internal interface ISaslServer
{
    /// <summary>Who has been authenticated; null before, and for ever when it failed.</summary>
    string? User { get; }

    /// <summary>Answers the client's next message.</summary>
    /// <exception cref="SaslException">The credentials are wrong, or the message is not one of this mechanism.</exception>
    byte[] Answer(ReadOnlySpan<byte> message);
}

/// <summary>An authentication that failed.</summary>
/// <param name="message">What the client may know; never a part of what it sent.</param>
internal sealed class SaslException(string message) : Exception(message);
