using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace EventSourcing.MobileBff.Devices;

/// <summary>ASP.NET Core authentication by device token: the user is the installation. 401 and 403 say why, as ProblemDetails.</summary>
internal sealed class DeviceTokenHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, DeviceTokenVerifier verifier)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    /// <summary>Name of the scheme.</summary>
    public const string SchemeName = "Device";

    private const string Bearer = "Bearer ";
    private const string UnauthenticatedType = "urn:eventsourcing:unauthenticated";
    private const string BlockedType = "urn:eventsourcing:installation-blocked";

    private string _defect = "Send a device token: Authorization: Bearer TOKEN.";

    /// <inheritdoc/>
    protected override Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        string? header = Request.Headers.Authorization;
        if (header is null || !header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase))
            return Task.FromResult(AuthenticateResult.NoResult());
        if (verifier.FindDefect(header[Bearer.Length..].Trim(), out var installation) is { } defect)
        {
            _defect = defect;
            return Task.FromResult(AuthenticateResult.Fail(defect));
        }

        var identity = new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, installation!)], Scheme.Name, ClaimTypes.NameIdentifier, roleType: null);
        return Task.FromResult(AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), Scheme.Name)));
    }

    /// <inheritdoc/>
    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.Headers.WWWAuthenticate = "Bearer";
        return TypedResults.Problem(_defect, statusCode: StatusCodes.Status401Unauthorized, type: UnauthenticatedType).ExecuteAsync(Context);
    }

    /// <inheritdoc/>
    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) => TypedResults.Problem(
        "This installation is blocked.", statusCode: StatusCodes.Status403Forbidden, type: BlockedType).ExecuteAsync(Context);
}
