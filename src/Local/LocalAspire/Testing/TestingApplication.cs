namespace Aspire.Hosting.Testing;

/// <summary>An application that a test starts when the AppHost has reached its call of Run.</summary>
internal sealed class TestingApplication(DistributedApplication application, AppHostEntryPoint entryPoint) : DistributedApplication(application)
{
    public override async Task StartAsync(CancellationToken cancellationToken = default)
    {
        await entryPoint.UntilRunAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    public override async Task StopAsync(CancellationToken cancellationToken = default)
    {
        await base.StopAsync(cancellationToken);
        await entryPoint.DisposeAsync();
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await entryPoint.DisposeAsync();
    }
}
