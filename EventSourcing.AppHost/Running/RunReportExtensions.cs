using Microsoft.Extensions.DependencyInjection;

namespace EventSourcing.AppHost.Running;

/// <summary>Adds what a person at the console sees of a run.</summary>
public static class RunReportExtensions
{
    /// <summary>
    /// Prints a line per endpoint and the time until everything is healthy; with <c>--for DURATION</c> it ends the run after that time
    /// with the memory that it took and the ledger's table, and the exit code is 0 only when the ledger balances.
    /// </summary>
    public static void AddRunReport(this IDistributedApplicationBuilder builder, IResourceBuilder<ProjectResource> ledger)
    {
        var duration = RunDuration.Parse(builder.Configuration["for"]);
        builder.Services.AddSingleton(new LedgerReader(ledger.GetEndpoint("http")));
        builder.Services.AddSingleton<StartReport>();
        builder.Services.AddSingleton<TopologyMemory>();
        builder.Services.AddHostedService(services => services.GetRequiredService<TopologyMemory>());
        builder.Services.AddHostedService(services => ActivatorUtilities.CreateInstance<RunReport>(services, new RunDuration(duration)));
    }
}
