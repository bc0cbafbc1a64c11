using System.ComponentModel.DataAnnotations;

namespace EventSourcing.EventBackbone;

/// <summary>
/// How this process uses the backbone. Beside these values the section holds <c>Routes:&lt;name&gt;</c> (<see cref="DeliveryProfile"/>),
/// and client settings in librdkafka's names under <c>Client</c> (all clients: TLS, SASL), <c>Producer</c> and <c>Consumer</c>.
/// </summary>
public sealed class BackboneOptions
{
    /// <summary>The configuration section.</summary>
    public const string SectionName = "Backbone";

    /// <summary>
    /// Folder of the spool files; a relative path starts at the program's own folder. It must be on a disk that survives the process
    /// (a volume, in a container). Default <c>spool</c>.
    /// </summary>
    [Required] public string SpoolDirectory { get; set; } = "spool";

    /// <summary>Whether declared topics that do not exist are created at start. Default true.</summary>
    public bool CreateTopics { get; set; } = true;

    /// <summary>How long the start waits for the topics before it goes on in the background; 0 to 5 min, default 5 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:05:00")] public TimeSpan TopicTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a stop waits for outstanding acknowledgements before it spools or refuses the rest; 0 to 5 min, default 5 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:05:00")] public TimeSpan FlushTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>What refused callers are told to wait before they try again; 1 s to 1 h, default 1 s.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")] public TimeSpan RetryAfter { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// What tells this instance from the other replicas of its service, the same after every restart: 1 to 100 of <c>a-z A-Z 0-9 . _ -</c>. Default: the name of the
    /// machine. The <c>transactional.id</c> of a transactional route is <c>&lt;application&gt;.&lt;route&gt;.&lt;InstanceId&gt;</c>; two processes with the same one fence each other.
    /// </summary>
    [Required, RegularExpression("[a-zA-Z0-9._-]{1,100}")] public string InstanceId { get; set; } = Environment.MachineName;

    /// <summary>How often an unreachable backbone is probed; 50 ms to 1 min, default 250 ms.</summary>
    [Range(typeof(TimeSpan), "00:00:00.050", "00:01:00")] public TimeSpan ProbeInterval { get; set; } = TimeSpan.FromMilliseconds(250);
}
