namespace EventSourcing.LocalKafka;

/// <summary>How a broker listens and stores.</summary>
public sealed class LocalKafkaOptions
{
    /// <summary>Port to listen on; 0 takes a free one.</summary>
    public int Port { get; set; }

    /// <summary>Folder of the log; null takes a temporary one that is deleted at the end.</summary>
    public string? DataDirectory { get; set; }
}
