using EventSourcing.Orders.Contracts;

namespace EventSourcing.Orders.State;

/// <summary>A command as it came, checked.</summary>
/// <param name="Key">Its idempotency key.</param>
/// <param name="Fingerprint">SHA-256 over method, path, precondition and body: the same key with another one is a mistake.</param>
/// <param name="Expected">The versions that <c>If-Match</c> names; null when it asks for none.</param>
/// <param name="Body">What is to be done.</param>
internal sealed record Command<T>(string Key, byte[] Fingerprint, int[]? Expected, T Body)
    where T : IChannelCommand;

/// <summary>What became of a command.</summary>
internal abstract record CommandResult
{
    /// <summary>Done, now or by an earlier request with the same key.</summary>
    public sealed record Done(int Status, int Version, byte[] Answer, bool IsReplay) : CommandResult;

    /// <summary>The key was used for another command.</summary>
    public sealed record KeyReused : CommandResult;

    /// <summary>The channel's number was used for another command.</summary>
    public sealed record SequenceTaken : CommandResult;

    /// <summary>There is no such order.</summary>
    public sealed record NotFound : CommandResult;

    /// <summary>The order has another version than the client thinks.</summary>
    public sealed record PreconditionFailed(int Version) : CommandResult;

    /// <summary>The order's state does not allow it.</summary>
    public sealed record Conflict(string Status) : CommandResult;
}
