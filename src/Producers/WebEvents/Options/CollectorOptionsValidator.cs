using EventSourcing.HttpIntake;
using Microsoft.Extensions.Options;

namespace EventSourcing.WebEvents.Options;

/// <summary>Checks the ranges that <see cref="CollectorOptions"/> declares.</summary>
[OptionsValidator]
internal sealed partial class CollectorOptionsValidator : IValidateOptions<CollectorOptions>;

/// <summary>Checks what spans several values.</summary>
internal sealed class CollectorOptionsConsistency : IValidateOptions<CollectorOptions>
{
    public ValidateOptionsResult Validate(string? name, CollectorOptions options)
    {
        var errors = new ValidateOptionsResultBuilder();
        if (options.MaxInFlightBytes < options.MaxBodyBytes)
            errors.AddError($"must be at least MaxBodyBytes ({options.MaxBodyBytes}), or no full body is ever taken.", Path(nameof(options.MaxInFlightBytes)));
        if (!options.SchemaBaseUri.IsAbsoluteUri || !options.SchemaBaseUri.AbsolutePath.EndsWith('/'))
            errors.AddError("must be an absolute URI that ends in a slash, such as https://events.example/schemas/.", Path(nameof(options.SchemaBaseUri)));
        foreach (var origin in options.AllowedOrigins.Where(origin => !OriginRule.IsOrigin(origin)))
            errors.AddError($"'{origin}' is no origin; write scheme://host[:port] without a path, or *.", Path(nameof(options.AllowedOrigins)));
        return errors.Build();
    }

    private static string Path(string member) => $"{CollectorOptions.SectionName}:{member}";
}
