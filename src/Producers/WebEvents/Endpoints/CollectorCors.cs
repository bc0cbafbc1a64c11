using EventSourcing.HttpIntake;
using EventSourcing.WebEvents.Options;
using Microsoft.AspNetCore.Cors.Infrastructure;
using Microsoft.Extensions.Options;

namespace EventSourcing.WebEvents.Endpoints;

/// <summary>Which pages may call the collectors from a browser. No credentials are ever asked for: a visitor is an id in the event, not a cookie.</summary>
internal sealed class CollectorCors(IOptions<CollectorOptions> collector) : IConfigureOptions<CorsOptions>
{
    public const string Policy = "collectors";

    private static readonly string[] Exposed =
        ["Retry-After", "Grpc-Status", "Grpc-Message", "Grpc-Encoding", "Grpc-Accept-Encoding", "Grpc-Status-Details-Bin"];

    public void Configure(CorsOptions options) => options.AddPolicy(Policy, policy => policy
        .SetIsOriginAllowed(IsAllowed)
        .WithMethods(HttpMethods.Get, HttpMethods.Post)
        .AllowAnyHeader()
        .WithExposedHeaders(Exposed)
        .SetPreflightMaxAge(TimeSpan.FromHours(2)));

    private bool IsAllowed(string origin) =>
        OriginRule.IsAllowed(origin, collector.Value.AllowedOrigins, collector.Value.AllowLoopbackOrigins);
}
