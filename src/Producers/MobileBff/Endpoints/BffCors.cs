using EventSourcing.HttpIntake;
using EventSourcing.MobileBff.Options;
using Microsoft.AspNetCore.Cors.Infrastructure;
using Microsoft.Extensions.Options;

namespace EventSourcing.MobileBff.Endpoints;

/// <summary>Which pages may call this service from a browser: a web view of the app, a developer's page. Cookies are never asked for.</summary>
internal sealed class BffCors(IOptions<MobileOptions> mobile) : IConfigureOptions<CorsOptions>
{
    public const string Policy = "apps";

    public void Configure(CorsOptions options) => options.AddPolicy(Policy, policy => policy
        .SetIsOriginAllowed(origin => OriginRule.IsAllowed(origin, mobile.Value.AllowedOrigins, mobile.Value.AllowLoopbackOrigins))
        .WithMethods(HttpMethods.Get, HttpMethods.Post)
        .AllowAnyHeader()
        .WithExposedHeaders("Retry-After")
        .SetPreflightMaxAge(TimeSpan.FromHours(2)));
}
