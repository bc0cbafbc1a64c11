using System.ComponentModel.DataAnnotations;

namespace EventSourcing.SocialFeed.Options;

/// <summary>The streams that this service reads: Server-Sent Events, each a CloudEvent in the JSON format.</summary>
public sealed class StreamOptions
{
    /// <summary>Configuration section.</summary>
    public const string SectionName = "Streams";

    /// <summary>The streams by name; default none. The name is the cursor's file name: letters, digits, <c>-</c> and <c>_</c>.</summary>
    [Required] public IDictionary<string, StreamSourceOptions> Sources { get; init; } = new Dictionary<string, StreamSourceOptions>();

    /// <summary>Folder of the cursors; relative paths start at the program's folder. It must survive the process.</summary>
    [Required] public string CursorDirectory { get; set; } = "cursors";

    /// <summary>Posts of a stream beyond its stored cursor, count; 1 to 100,000, default 512. Then it is not read any further.</summary>
    [Range(1, 100_000)] public int MaxInFlight { get; set; } = 512;

    /// <summary>Largest event of a stream, bytes of JSON; 1 KiB to 64 MiB, default 1 MiB. A larger one is a dead letter, cut short.</summary>
    [Range(1_024, 67_108_864)] public int MaxEventBytes { get; set; } = 1_048_576;

    /// <summary>Least time between two writes of a cursor, 10 ms to 1 min; default 100 ms.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:01:00")] public TimeSpan CursorInterval { get; set; } = TimeSpan.FromMilliseconds(100);

    /// <summary>Silence after which a connection counts as dead, 1 s to 1 h; default 1 min. Comments count as life.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")] public TimeSpan IdleTimeout { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>Wait before the first new attempt to connect, 10 ms to 1 min; default 200 ms. It doubles, with jitter.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:01:00")] public TimeSpan FirstDelay { get; set; } = TimeSpan.FromMilliseconds(200);

    /// <summary>Longest wait between two attempts, 10 ms to 1 h; default 10 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "01:00:00")] public TimeSpan LongestDelay { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a stop waits for posts in flight, 0 to 1 min; default 5 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:01:00")] public TimeSpan DrainTimeout { get; set; } = TimeSpan.FromSeconds(5);
}
