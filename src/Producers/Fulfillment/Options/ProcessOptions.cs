using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace EventSourcing.Fulfillment.Options;

/// <summary>How the process is run. The database: <c>ConnectionStrings:fulfillment</c>.</summary>
public sealed class ProcessOptions
{
    /// <summary>Configuration section.</summary>
    public const string SectionName = "Process";

    /// <summary>Transactions at one time in this replica, count; 1 to 32, default 2.</summary>
    [Range(1, 32)] public int Workers { get; set; } = 2;

    /// <summary>Most instances that take a step in one transaction, count; 1 to 5,000, default 100.</summary>
    [Range(1, 5_000)] public int BatchInstances { get; set; } = 100;

    /// <summary>How often a worker looks for instances that are due; 10 ms to 1 min, default 100 ms.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:01:00")] public TimeSpan PollInterval { get; set; } = TimeSpan.FromMilliseconds(100);

    /// <summary>Pause between two steps of an instance; 0 to 1 h, default 200 ms.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")] public TimeSpan StepDelay { get; set; } = TimeSpan.FromMilliseconds(200);

    /// <summary>Pause before a step is tried again, doubled each time up to 64 times; 10 ms to 1 h, default 500 ms.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "01:00:00")] public TimeSpan RetryDelay { get; set; } = TimeSpan.FromMilliseconds(500);

    /// <summary>Attempts after which a step that may fail has failed, count; 1 to 100, default 5.</summary>
    [Range(1, 100)] public int MaxAttempts { get; set; } = 5;

    /// <summary>How long an instance may take before it is given up; 100 ms to 30 days, default 30 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "30.00:00:00")] public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Most instances that run, count; 1 to 10,000,000, default 100,000. At the bound no orders are read.</summary>
    [Range(1, 10_000_000)] public long MaxRunning { get; set; } = 100_000;

    /// <summary>Where <c>/schemas/</c> is reached from outside, for <c>dataschema</c>; absolute, ends in a slash.</summary>
    [Required] public Uri SchemaBaseUri { get; set; } = new("http://localhost:5171/schemas/");
}

[OptionsValidator]
internal sealed partial class ProcessOptionsValidator : IValidateOptions<ProcessOptions>;

/// <summary>Checks what an attribute cannot say.</summary>
internal sealed class ProcessOptionsConsistency : IValidateOptions<ProcessOptions>
{
    public ValidateOptionsResult Validate(string? name, ProcessOptions options) =>
        options.SchemaBaseUri.IsAbsoluteUri && options.SchemaBaseUri.AbsolutePath.EndsWith('/')
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail("Process:SchemaBaseUri must be an absolute URI that ends in a slash, such as https://shop.example/schemas/.");
}
