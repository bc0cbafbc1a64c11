using EventSourcing.LocalMq.Storage;

namespace EventSourcing.LocalMq.Queues;

/// <summary>What every queue of a broker shares.</summary>
/// <param name="Writer">Changes the file.</param>
/// <param name="Reader">Reads it.</param>
/// <param name="Disk">Bytes on disk.</param>
/// <param name="Cache">Bytes kept in memory as well.</param>
/// <param name="Logger">Log.</param>
internal sealed record QueueSettings(StoreWriter Writer, MessageReader Reader, ByteBudget Disk, ByteBudget Cache, ILogger Logger)
{
    /// <summary>What a message costs beside its bytes: rows, indexes, the entry in memory.</summary>
    public const int Overhead = 256;
}
