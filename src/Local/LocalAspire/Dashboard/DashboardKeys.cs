using System.Security.Cryptography;
using Microsoft.Extensions.Configuration;

namespace Aspire.Hosting.Dashboard;

/// <summary>Names and secrets that the AppHost, the dashboard and its users share.</summary>
internal static class DashboardKeys
{
    public const string ResourceName = "aspire-dashboard";
    public const string HttpEndpoint = "http";
    public const string OtlpGrpcEndpoint = "otlp-grpc";
    public const string OtlpHttpEndpoint = "otlp-http";
    public const string HealthCheck = "aspire-dashboard_check";

    public const string BrowserToken = "AppHost:BrowserToken";
    public const string OtlpApiKey = "AppHost:OtlpApiKey";
    public const string DashboardApiKey = "AppHost:DashboardApiKey";
    public const string ResourceServiceApiKey = "AppHost:ResourceService:ApiKey";

    private const int KeyBytes = 16;

    /// <summary>Makes the keys of this run, unless the configuration gives them or asks for none.</summary>
    public static void Create(ConfigurationManager configuration)
    {
        if (configuration.GetValue("ASPIRE_DASHBOARD_UNSECURED_ALLOW_ANONYMOUS", false))
            return;

        configuration[BrowserToken] ??= configuration["ASPIRE_DASHBOARD_FRONTEND_BROWSERTOKEN"] ?? NewKey();
        configuration[OtlpApiKey] ??= NewKey();
        configuration[DashboardApiKey] ??= NewKey();
        configuration[ResourceServiceApiKey] ??= configuration["ASPIRE_DASHBOARD_RESOURCESERVICE_APIKEY"] ?? NewKey();
    }

    private static string NewKey() => RandomNumberGenerator.GetHexString(2 * KeyBytes, lowercase: true);
}
