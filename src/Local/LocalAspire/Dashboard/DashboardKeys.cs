namespace Aspire.Hosting.Dashboard;

/// <summary>Names that the AppHost, the dashboard and its users share.</summary>
internal static class DashboardKeys
{
    public const string ResourceName = "aspire-dashboard";
    public const string OtlpGrpcEndpoint = "otlp-grpc";
    public const string OtlpHttpEndpoint = "otlp-http";

    public const string BrowserToken = "AppHost:BrowserToken";
    public const string OtlpApiKey = "AppHost:OtlpApiKey";
    public const string DashboardApiKey = "AppHost:DashboardApiKey";
    public const string ResourceServiceApiKey = "AppHost:ResourceService:ApiKey";
}
