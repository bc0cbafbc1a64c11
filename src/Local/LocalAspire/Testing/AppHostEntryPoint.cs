using System.Reflection;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting.Testing;

/// <summary>
/// The entry point of an AppHost on a thread of its own. It is held at Build until the test builds, and in Run until the
/// test has stopped the application.
/// </summary>
internal sealed class AppHostEntryPoint(
    Assembly assembly, string[] args, Action<DistributedApplicationOptions, HostApplicationBuilderSettings> configure) : ApplicationHooks, IAsyncDisposable
{
    private static readonly TimeSpan BuildTimeout = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan EndTimeout = TimeSpan.FromSeconds(30);
    private readonly TaskCompletionSource<IDistributedApplicationBuilder> _building = NewSource<IDistributedApplicationBuilder>();
    private readonly TaskCompletionSource _mayBuild = NewSource();
    private readonly TaskCompletionSource<DistributedApplication> _built = NewSource<DistributedApplication>();
    private readonly TaskCompletionSource _runs = NewSource();
    private readonly TaskCompletionSource _stopped = NewSource();
    private readonly TaskCompletionSource _ended = NewSource();

    public async Task<IDistributedApplicationBuilder> RunToBuildAsync(CancellationToken stop)
    {
        var outer = Current;
        Current = this;
        new Thread(Main) { IsBackground = true, Name = $"{assembly.GetName().Name} entry point" }.Start();
        Current = outer;
        return await _building.Task.WaitAsync(BuildTimeout, stop);
    }

    /// <summary>Lets the AppHost build.</summary>
    public async Task<DistributedApplication> BuildAsync(CancellationToken stop)
    {
        _mayBuild.TrySetResult();
        return await _built.Task.WaitAsync(stop);
    }

    /// <summary>Waits until the AppHost runs or starts its application.</summary>
    public Task UntilRunAsync(CancellationToken stop) => _runs.Task.WaitAsync(stop);

    public override void Constructing(DistributedApplicationOptions options, HostApplicationBuilderSettings settings) =>
        TestSettings.Apply(options, settings, assembly, args, configure);

    public override void Building(IDistributedApplicationBuilder builder)
    {
        _building.TrySetResult(builder);
        _mayBuild.Task.GetAwaiter().GetResult();
    }

    public override void Built(DistributedApplication application) => _built.TrySetResult(application);

    public override Task RunAsync(DistributedApplication application, CancellationToken stop)
    {
        _runs.TrySetResult();
        return _stopped.Task;
    }

    public override Task StartAsync(DistributedApplication application, CancellationToken stop)
    {
        _runs.TrySetResult();
        return Task.CompletedTask;
    }

    /// <summary>Lets the entry point end, and waits for it.</summary>
    public async ValueTask DisposeAsync()
    {
        _mayBuild.TrySetException(new OperationCanceledException("The test ended before the application was built."));
        _stopped.TrySetResult();
        await _ended.Task.WaitAsync(EndTimeout).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private void Main()
    {
        Exception failure = new InvalidOperationException("The entry point exited without building a DistributedApplication.");
        try
        {
            var entryPoint = assembly.EntryPoint ?? throw new InvalidOperationException($"Assembly '{assembly.GetName().Name}' has no entry point.");
            var result = entryPoint.Invoke(null, entryPoint.GetParameters().Length == 0 ? [] : [args]);
            (result as Task)?.GetAwaiter().GetResult();
        }
        catch (TargetInvocationException e) when (e.InnerException is not null)
        {
            failure = e.InnerException;
        }
        catch (Exception e)
        {
            failure = e;
        }
        finally
        {
            _building.TrySetException(failure);
            _built.TrySetException(failure);
            _runs.TrySetException(failure);
            _ended.TrySetResult();
        }
    }

    private static TaskCompletionSource NewSource() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static TaskCompletionSource<T> NewSource<T>() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
