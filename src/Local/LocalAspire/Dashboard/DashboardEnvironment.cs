using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Aspire.Hosting.Dashboard;

/// <summary>The environment of the dashboard: where it listens, whom it trusts, where it finds the resources.</summary>
internal static class DashboardEnvironment
{
    public static void Set(EnvironmentCallbackContext context, IConfiguration configuration, IServiceProvider services)
    {
        var variables = context.EnvironmentVariables;
        foreach (var (name, value) in configuration.AsEnumerable())
        {
            if (name.StartsWith("ASPIRE_DASHBOARD_", StringComparison.OrdinalIgnoreCase) && value is not null)
                variables[name] = value;
        }

        SetAddresses(variables, (IResourceWithEndpoints)context.Resource);
        variables["ASPNETCORE_ENVIRONMENT"] = "Production";
        variables["LOGGING__CONSOLE__FORMATTERNAME"] = "json";
        variables["ASPIRE_DASHBOARD_API_ENABLED"] = "true";
        variables["ASPIRE_RESOURCE_SERVICE_ENDPOINT_URL"] = services.GetRequiredService<ResourceServiceHost>().Address.ToString();
        StartLightly(variables);
        SetKey(variables, configuration[DashboardKeys.BrowserToken], "FRONTEND", "BrowserToken", "BROWSERTOKEN");
        SetKey(variables, configuration[DashboardKeys.OtlpApiKey], "OTLP", "ApiKey", "PRIMARYAPIKEY");
        SetKey(variables, configuration[DashboardKeys.DashboardApiKey], "API", "ApiKey", "PRIMARYAPIKEY");
        SetKey(variables, configuration[DashboardKeys.ResourceServiceApiKey], "RESOURCESERVICECLIENT", "ApiKey", "APIKEY");
    }

    private static void SetAddresses(Dictionary<string, object> variables, IResourceWithEndpoints dashboard)
    {
        variables["ASPNETCORE_URLS"] = Listen(dashboard.GetEndpoint(DashboardKeys.HttpEndpoint));
        variables["DASHBOARD__FRONTEND__PUBLICURL"] = dashboard.GetEndpoint(DashboardKeys.HttpEndpoint);
        variables["ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL"] = Listen(dashboard.GetEndpoint(DashboardKeys.OtlpGrpcEndpoint));
        if (dashboard.GetEndpoint(DashboardKeys.OtlpHttpEndpoint) is { Exists: true } otlpHttp)
            variables["ASPIRE_DASHBOARD_OTLP_HTTP_ENDPOINT_URL"] = Listen(otlpHttp);
    }

    // It starts together with everything it shows; the hexadecimal 1388 is 5,000 ms without a new method until hot ones are compiled again.
    private static void StartLightly(Dictionary<string, object> variables)
    {
        variables["DOTNET_TieredPGO"] = "0";
        variables["DOTNET_TC_CallCountingDelayMs"] = "1388";
    }

    private static ReferenceExpression Listen(EndpointReference endpoint) =>
        ReferenceExpression.Create($"http://localhost:{endpoint.Property(EndpointProperty.TargetPort)}");

    private static void SetKey(Dictionary<string, object> variables, string? key, string section, string mode, string keyName)
    {
        variables[$"DASHBOARD__{section}__AUTHMODE"] = string.IsNullOrEmpty(key) ? "Unsecured" : mode;
        if (!string.IsNullOrEmpty(key))
            variables[$"DASHBOARD__{section}__{keyName}"] = key;
    }
}
