using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Dashboard;

internal static partial class DashboardLog
{
    [LoggerMessage(9040, LogLevel.Information, "Now listening on: {DashboardUrl}")]
    public static partial void Listening(ILogger logger, string dashboardUrl);

    [LoggerMessage(9041, LogLevel.Information, "Login to the dashboard at {DashboardLoginUrl}")]
    public static partial void Login(ILogger logger, string dashboardLoginUrl);

    [LoggerMessage(9042, LogLevel.Warning, "Port {Port} of the resource service is in use by another process; it gets a free one.")]
    public static partial void ResourceServicePortTaken(ILogger logger, int port);
}
