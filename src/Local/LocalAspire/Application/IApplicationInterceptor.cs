namespace Aspire.Hosting;

/// <summary>Stands between an AppHost's code and the run of its application: a test decides when it starts.</summary>
internal interface IApplicationInterceptor
{
    /// <summary>The AppHost wants to run the application.</summary>
    Task RunAsync(DistributedApplication application, CancellationToken stop);

    /// <summary>The AppHost wants to start the application.</summary>
    Task StartAsync(DistributedApplication application, CancellationToken stop);
}
