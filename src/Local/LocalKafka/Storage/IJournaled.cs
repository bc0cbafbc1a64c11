namespace EventSourcing.LocalKafka.Storage;

/// <summary>State that is kept in a <see cref="Journal"/>, for the flusher to bring to disk with the logs.</summary>
internal interface IJournaled
{
    /// <summary>Name in the broker's log.</summary>
    string Name { get; }

    /// <summary>Everything that was written is on disk.</summary>
    bool IsFlushed { get; }

    /// <exception cref="IOException">The disk failed.</exception>
    void Flush();
}
