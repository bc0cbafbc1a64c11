using System.Text.RegularExpressions;
using EventSourcing.SocialFeed.Webhooks;
using Microsoft.Extensions.Options;

namespace EventSourcing.SocialFeed.Options;

/// <summary>Checks the ranges that <see cref="WebhookOptions"/> declares.</summary>
[OptionsValidator]
internal sealed partial class WebhookOptionsValidator : IValidateOptions<WebhookOptions>;

/// <summary>Checks the ranges that <see cref="PayloadOptions"/> declares.</summary>
[OptionsValidator]
internal sealed partial class PayloadOptionsValidator : IValidateOptions<PayloadOptions>;

/// <summary>Checks the ranges that <see cref="StreamOptions"/> declares.</summary>
[OptionsValidator]
internal sealed partial class StreamOptionsValidator : IValidateOptions<StreamOptions>;

/// <summary>Checks what ranges cannot say: names, keys, headers, addresses, and what spans several values.</summary>
internal sealed partial class OptionsConsistency : IValidateOptions<WebhookOptions>, IValidateOptions<PayloadOptions>, IValidateOptions<StreamOptions>
{
    private const int MostKeys = 8;

    public ValidateOptionsResult Validate(string? name, WebhookOptions options)
    {
        var errors = new ValidateOptionsResultBuilder();
        if (options.MaxInFlightBytes < options.MaxStructuredBytes)
            errors.AddError($"must be at least MaxStructuredBytes ({options.MaxStructuredBytes}), or no full body is ever taken.", "Webhooks:MaxInFlightBytes");
        foreach (var (feed, own) in options.Feeds)
            Check(feed, own, errors);
        return errors.Build();
    }

    public ValidateOptionsResult Validate(string? name, PayloadOptions options)
    {
        var errors = new ValidateOptionsResultBuilder();
        if (options.QuotaBytes < options.MaxPayloadBytes)
            errors.AddError($"must be at least MaxPayloadBytes ({options.MaxPayloadBytes}), or no full payload is ever taken.", "Payloads:QuotaBytes");
        if (!options.BaseUri.IsAbsoluteUri || !options.BaseUri.AbsolutePath.EndsWith('/'))
            errors.AddError("must be an absolute URI that ends in a slash, such as https://feed.example/payloads/.", "Payloads:BaseUri");
        return errors.Build();
    }

    public ValidateOptionsResult Validate(string? name, StreamOptions options)
    {
        var errors = new ValidateOptionsResultBuilder();
        foreach (var (stream, own) in options.Sources)
        {
            if (!Names().IsMatch(stream))
                errors.AddError($"'{stream}' must be 1 to 64 letters, digits, - and _.", "Streams:Sources");
            if (own.Uri is not { IsAbsoluteUri: true, Scheme: "http" or "https" })
                errors.AddError("must be an absolute http or https URI.", $"Streams:Sources:{stream}:Uri");
            if (own.CommitUri is not null and not { IsAbsoluteUri: true, Scheme: "http" or "https" })
                errors.AddError("must be an absolute http or https URI.", $"Streams:Sources:{stream}:CommitUri");
        }

        return errors.Build();
    }

    private static void Check(string feed, FeedOptions own, ValidateOptionsResultBuilder errors)
    {
        if (!Names().IsMatch(feed))
            errors.AddError($"'{feed}' must be 1 to 64 letters, digits, - and _.", "Webhooks:Feeds");
        if (own.Keys.Count is < 1 or > MostKeys)
            errors.AddError($"1 to {MostKeys} keys are needed.", $"Webhooks:Feeds:{feed}:Keys");
        if (own.Keys.Any(key => !SigningKey.TryParse(key, out _)))
            errors.AddError("a key must be base64 of 24 to 64 bytes, with whsec_ before it or without (Standard Webhooks).", $"Webhooks:Feeds:{feed}:Keys");
        foreach (var header in (string[])[own.AuthorHeader, own.SourceHeader, own.SequenceHeader])
        {
            if (!HeaderNames().IsMatch(header))
                errors.AddError($"'{header}' is no header name.", $"Webhooks:Feeds:{feed}");
        }
    }

    [GeneratedRegex(@"\A[A-Za-z0-9_-]{1,64}\z")]
    private static partial Regex Names();

    [GeneratedRegex(@"\A[A-Za-z0-9!#$%&'*+.^_`|~-]{1,64}\z")]
    private static partial Regex HeaderNames();
}
