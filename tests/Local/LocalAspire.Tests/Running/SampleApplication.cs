using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;

namespace LocalAspire.Tests.Running;

/// <summary>The sample application with its dashboard, started once for all tests of the collection.</summary>
public sealed class SampleApplication : IAsyncLifetime
{
    private static readonly TimeSpan StartTimeout = TimeSpan.FromMinutes(4);
    private IDistributedApplicationTestingBuilder? _builder;

    public DistributedApplication App { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        using var deadline = new CancellationTokenSource(StartTimeout);
        _builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.LocalAspire_SampleAppHost>(
            [], (options, _) => options.DisableDashboard = false, deadline.Token);
        App = await _builder.BuildAsync(deadline.Token);
        await App.StartAsync(deadline.Token);
        foreach (var name in (string[])["aspire-dashboard", "api", "worker"])
            await App.ResourceNotifications.WaitForResourceHealthyAsync(name, deadline.Token);
    }

    /// <summary>Waits until a process of the resource is in a state.</summary>
    public async Task<CustomResourceSnapshot> WhenAsync(string name, string state)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        deadline.CancelAfter(TimeSpan.FromSeconds(60));
        var reached = await App.ResourceNotifications.WaitForResourceAsync(name, e => e.Snapshot.State?.Text == state, deadline.Token);
        return reached.Snapshot;
    }

    public async ValueTask DisposeAsync()
    {
        if (_builder is not null)
            await _builder.DisposeAsync();
    }
}

[CollectionDefinition(nameof(SampleCollection))]
public sealed class SampleCollection : ICollectionFixture<SampleApplication>;
