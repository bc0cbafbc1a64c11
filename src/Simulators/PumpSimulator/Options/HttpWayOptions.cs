using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace EventSourcing.PumpSimulator.Options;

/// <summary>How devices use HTTP.</summary>
public sealed class HttpWayOptions
{
    /// <summary>Configuration section.</summary>
    public const string SectionName = "HttpWay";

    /// <summary>Address of SensorIngest; default <c>http://sensor-ingest</c>, found by service discovery.</summary>
    [Required] public Uri Address { get; set; } = new("http://sensor-ingest");

    /// <summary>Readings of one request, count, 1 to 500; default 10. One is sent in binary mode, more as a batch.</summary>
    [Range(1, 500)] public int BatchEvents { get; set; } = 10;

    /// <summary>Longest wait for an answer, 1 s to 2 min; default 15 s.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:02:00")] public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(15);
}

/// <summary>Validates at start.</summary>
[OptionsValidator]
internal sealed partial class HttpWayOptionsValidator : IValidateOptions<HttpWayOptions>;
