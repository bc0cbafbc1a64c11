using EventSourcing.HttpIntake;
using EventSourcing.MobileBff.Devices;
using Microsoft.Extensions.Options;

namespace EventSourcing.MobileBff.Options;

[OptionsValidator]
internal sealed partial class MobileOptionsValidator : IValidateOptions<MobileOptions>;

[OptionsValidator]
internal sealed partial class InstallationOptionsValidator : IValidateOptions<InstallationOptions>;

[OptionsValidator]
internal sealed partial class WindowOptionsValidator : IValidateOptions<WindowOptions>;

[OptionsValidator]
internal sealed partial class DeviceTokenOptionsValidator : IValidateOptions<DeviceTokenOptions>;

/// <summary>Checks what spans several values of <see cref="MobileOptions"/>.</summary>
internal sealed class MobileOptionsConsistency : IValidateOptions<MobileOptions>
{
    public ValidateOptionsResult Validate(string? name, MobileOptions options)
    {
        var errors = new ValidateOptionsResultBuilder();
        if (options.MaxInFlightBytes < options.MaxBodyBytes)
            errors.AddError($"must be at least MaxBodyBytes ({options.MaxBodyBytes}), or no full body is ever taken.", Path(nameof(options.MaxInFlightBytes)));
        if (!options.SchemaBaseUri.IsAbsoluteUri || !options.SchemaBaseUri.AbsolutePath.EndsWith('/'))
            errors.AddError("must be an absolute URI that ends in a slash, such as https://app.example/schemas/.", Path(nameof(options.SchemaBaseUri)));
        foreach (var origin in options.AllowedOrigins.Where(origin => !OriginRule.IsOrigin(origin)))
            errors.AddError($"'{origin}' is no origin; write scheme://host[:port] without a path, or *.", Path(nameof(options.AllowedOrigins)));
        return errors.Build();
    }

    private static string Path(string member) => $"{MobileOptions.SectionName}:{member}";
}

/// <summary>A full batch must be possible.</summary>
internal sealed class InstallationOptionsConsistency(IOptions<MobileOptions> mobile) : IValidateOptions<InstallationOptions>
{
    public ValidateOptionsResult Validate(string? name, InstallationOptions options) => options.BurstEvents >= mobile.Value.MaxBatchEvents
        ? ValidateOptionsResult.Success
        : ValidateOptionsResult.Fail(
            $"Installations:BurstEvents must be at least Mobile:MaxBatchEvents ({mobile.Value.MaxBatchEvents}), or no full batch is ever taken.");
}

/// <summary>Checks keys and their ids; never says what a key is.</summary>
internal sealed class DeviceTokenOptionsConsistency : IValidateOptions<DeviceTokenOptions>
{
    private const int MinKeyLength = 32;
    private const int MaxKeyLength = 512;

    public ValidateOptionsResult Validate(string? name, DeviceTokenOptions options)
    {
        var errors = new ValidateOptionsResultBuilder();
        if (options.Keys.Count == 0)
            errors.AddError("has no key; set DeviceTokens:Keys:ID to a random text of at least 32 characters (environment: DeviceTokens__Keys__ID).", "DeviceTokens:Keys");
        foreach (var (id, key) in options.Keys)
        {
            if (!DeviceToken.IsKeyId(id))
                errors.AddError("is no key id: 1 to 32 of [A-Za-z0-9_-].", $"DeviceTokens:Keys:{id}");
            if (key is not { Length: >= MinKeyLength and <= MaxKeyLength })
                errors.AddError($"must have {MinKeyLength} to {MaxKeyLength} characters.", $"DeviceTokens:Keys:{id}");
        }

        return errors.Build();
    }
}
