using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace EventSourcing.Receipts;

/// <summary>How a sender reports its receipts. Configuration section <see cref="SectionName"/>.</summary>
public sealed class ReceiptReportingOptions
{
    /// <summary>The configuration section.</summary>
    public const string SectionName = "Receipts";

    /// <summary>The reporter's name in the ledger; default: <c>OTEL_SERVICE_NAME</c> (Aspire sets the resource's name), else the application's name.</summary>
    [Required, RegularExpression(ReporterName.Pattern, ErrorMessage = "Receipts:Reporter must be 1 to 100 characters of a-z, A-Z, 0-9, '.', '_' and '-'.")]
    public string Reporter { get; set; } = string.Empty;

    /// <summary>The ledger's address; default: the service <c>http://ledger</c>, found by service discovery.</summary>
    [Required] public Uri? Ledger { get; set; }

    /// <summary>Time between two reports; 100 ms to 1 min.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:01:00")] public TimeSpan Interval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How long one report may take, and how long the last one is tried for; 100 ms to 1 min.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:01:00")] public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(5);
}

[OptionsValidator]
internal sealed partial class ReceiptReportingOptionsValidator : IValidateOptions<ReceiptReportingOptions>;
