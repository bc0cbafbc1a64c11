using Microsoft.Extensions.Options;

namespace EventSourcing.Storefront.Options;

/// <summary>The tracker on the shop's pages.</summary>
public sealed class TrackerOptions
{
    /// <summary>Configuration section.</summary>
    public const string SectionName = "Tracker";

    /// <summary>Where browsers reach WebEvents (<c>https://events.example</c>); default: the address that service discovery has for it.</summary>
    public Uri? CollectorUrl { get; set; }

    /// <summary>How many events the tracker collects before it sends; default 20.</summary>
    public int FlushCount { get; set; } = 20;

    /// <summary>How long the tracker lets an event wait for others; default 5 s.</summary>
    public TimeSpan FlushInterval { get; set; } = TimeSpan.FromSeconds(5);
}

/// <summary>Takes the address from service discovery when none is given, and fails the start when there is neither.</summary>
internal sealed class TrackerOptionsSetup(IConfiguration configuration) : IPostConfigureOptions<TrackerOptions>, IValidateOptions<TrackerOptions>
{
    private const string DiscoveredAddress = "services:web-events:http:0";

    public void PostConfigure(string? name, TrackerOptions options)
    {
        if (options.CollectorUrl is null && Uri.TryCreate(configuration[DiscoveredAddress], UriKind.Absolute, out var address))
            options.CollectorUrl = address;
    }

    public ValidateOptionsResult Validate(string? name, TrackerOptions options)
    {
        var errors = new ValidateOptionsResultBuilder();
        if (options.CollectorUrl is not { IsAbsoluteUri: true, Scheme: "http" or "https" })
            errors.AddError($"must be an http(s) URL; set it, or {DiscoveredAddress}.", $"{TrackerOptions.SectionName}:{nameof(options.CollectorUrl)}");
        if (options.FlushCount is < 1 or > 500)
            errors.AddError("must be 1 to 500.", $"{TrackerOptions.SectionName}:{nameof(options.FlushCount)}");
        if (options.FlushInterval < TimeSpan.FromMilliseconds(100) || options.FlushInterval > TimeSpan.FromMinutes(10))
            errors.AddError("must be 100 ms to 10 min.", $"{TrackerOptions.SectionName}:{nameof(options.FlushInterval)}");
        return errors.Build();
    }
}
