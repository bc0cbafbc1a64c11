namespace EventSourcing.LocalKafka;

/// <summary>When appended records are forced to disk. Whatever the policy, they survive the end of the process, kill -9 included; it is about the end of the machine.</summary>
public enum FsyncPolicy
{
    /// <summary>Never while running: the operating system writes when it likes. For tests and temporary folders.</summary>
    Never,

    /// <summary>In the background every <see cref="LocalKafkaOptions.FlushInterval"/>; a power cut may cost what was acknowledged since.</summary>
    Interval,

    /// <summary>Before <c>acks=all</c> is acknowledged and before a committed offset is; requests that wait together share one fsync.</summary>
    Acknowledge,
}
