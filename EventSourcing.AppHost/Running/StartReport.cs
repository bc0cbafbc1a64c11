using System.Diagnostics;
using System.Globalization;

namespace EventSourcing.AppHost.Running;

/// <summary>Says when each resource is healthy, counted from the start of this process, and in the end where a person reaches what.</summary>
internal sealed class StartReport(DistributedApplicationModel model, ResourceNotificationService notifications)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    public async Task PrintAsync(CancellationToken stop)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(stop);
        patience.CancelAfter(Patience);
        var watched = model.Resources.Where(IsWatched).ToList();
        await Task.WhenAll(watched.Select(resource => HealthyAsync(resource, patience.Token, stop)));

        var elapsed = SinceStart();
        foreach (var resource in watched)
            if (await AddressOfAsync(resource, stop) is { } address)
                Console.WriteLine($"{resource.Name}: {address}");
        Console.WriteLine($"all {watched.Count} resources healthy after {elapsed} s");
    }

    private static string SinceStart() => (DateTime.Now - Process.GetCurrentProcess().StartTime).TotalSeconds.ToString("F1", CultureInfo.InvariantCulture);

    /// <summary>Projects and everything with a health check; not what Aspire adds for itself.</summary>
    private static bool IsWatched(IResource resource) =>
        resource is ProjectResource || resource.Annotations.OfType<HealthCheckAnnotation>().Any();

    private async Task HealthyAsync(IResource resource, CancellationToken patience, CancellationToken stop)
    {
        try
        {
            await notifications.WaitForResourceHealthyAsync(resource.Name, WaitBehavior.StopOnResourceUnavailable, patience);
            Console.WriteLine($"{SinceStart(),6} s  {resource.Name} is healthy");
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            throw new DistributedApplicationException(
                $"'{resource.Name}' was not healthy within {Patience.TotalMinutes:F0} minutes; its log in the dashboard says why.");
        }
    }

    private static async Task<string?> AddressOfAsync(IResource resource, CancellationToken stop) => resource switch
    {
        IResourceWithConnectionString server => await server.GetConnectionStringAsync(stop),
        ProjectResource project when project.Annotations.OfType<EndpointAnnotation>().Any() =>
            string.Join(' ', project.Annotations.OfType<EndpointAnnotation>().Select(e => new EndpointReference(project, e.Name).Url)),
        _ => null,
    };
}
