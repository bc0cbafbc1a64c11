using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.Options;

namespace EventSourcing.MobileBff.Devices;

/// <summary>Who may come in: an installation with a good token that is not blocked.</summary>
internal sealed class DevicePolicy(DeviceTokenVerifier verifier) : IConfigureOptions<AuthorizationOptions>
{
    /// <summary>Name of the policy.</summary>
    public const string Name = "device";

    public void Configure(AuthorizationOptions options) => options.AddPolicy(Name, policy => policy
        .AddAuthenticationSchemes(DeviceTokenHandler.SchemeName)
        .RequireAuthenticatedUser()
        .RequireAssertion(context => context.User.Identity?.Name is { } installation && !verifier.IsBlocked(installation)));
}
