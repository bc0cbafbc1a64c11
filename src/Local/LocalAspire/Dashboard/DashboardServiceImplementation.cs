using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Dashboard.Proto;
using Grpc.Core;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting.Dashboard;

/// <summary>Tells the dashboard the resources, their states and logs, and executes the commands of its user.</summary>
internal sealed class DashboardServiceImplementation(
    ResourceNotificationService notifications, ResourceLoggerService loggers, ResourceCommandService commands, IHostEnvironment environment)
    : DashboardService.DashboardServiceBase
{
    private const string AppHostSuffix = ".AppHost";

    public override Task<ApplicationInformationResponse> GetApplicationInformation(ApplicationInformationRequest request, ServerCallContext context)
    {
        var name = environment.ApplicationName;
        return Task.FromResult(new ApplicationInformationResponse
        {
            ApplicationName = name.EndsWith(AppHostSuffix, StringComparison.OrdinalIgnoreCase) ? name[..^AppHostSuffix.Length] : name,
        });
    }

    public override async Task WatchResources(WatchResourcesRequest request, IServerStreamWriter<WatchResourcesUpdate> responseStream, ServerCallContext context)
    {
        using var watch = notifications.WatchBatches();
        var initial = new InitialResourceData();
        initial.Resources.AddRange(watch.TakeLatest().Select(ResourceMapper.ToProto));
        initial.ResourceTypes.AddRange(initial.Resources.Select(r => r.ResourceType).Distinct().Select(type => new ResourceType { UniqueName = type, DisplayName = type }));
        await responseStream.WriteAsync(new WatchResourcesUpdate { InitialData = initial }, context.CancellationToken);

        await Quietly(context, async stop =>
        {
            while (await watch.WaitAsync(stop))
            {
                var changes = new WatchResourcesChanges();
                changes.Value.AddRange(watch.TakeLatest().Select(change => new WatchResourcesChange { Upsert = ResourceMapper.ToProto(change) }));
                await responseStream.WriteAsync(new WatchResourcesUpdate { Changes = changes }, stop);
            }
        });
    }

    public override Task WatchResourceConsoleLogs(
        WatchResourceConsoleLogsRequest request, IServerStreamWriter<WatchResourceConsoleLogsUpdate> responseStream, ServerCallContext context) =>
        Quietly(context, async stop =>
        {
            var batches = request.SuppressFollow ? loggers.GetAllAsync(request.ResourceName, stop) : loggers.WatchAsync(request.ResourceName);
            await foreach (var batch in batches.WithCancellation(stop))
            {
                var update = new WatchResourceConsoleLogsUpdate();
                update.LogLines.AddRange(batch.Select(line => new ConsoleLogLine { Text = line.Content, IsStdErr = line.IsErrorMessage, LineNumber = line.LineNumber }));
                await responseStream.WriteAsync(update, stop);
            }
        });

    public override async Task<ResourceCommandResponse> ExecuteResourceCommand(ResourceCommandRequest request, ServerCallContext context)
    {
        var result = await commands.ExecuteCommandAsync(request.ResourceName, request.CommandName, context.CancellationToken);
        var response = new ResourceCommandResponse
        {
            Kind = result.Success ? ResourceCommandResponseKind.Succeeded
                : result.Canceled ? ResourceCommandResponseKind.Cancelled
                : ResourceCommandResponseKind.Failed,
        };
        if (result.Message is { } message)
            (response.Message, response.ErrorMessage) = (message, result.Success ? "" : message);
        return response;
    }

    /// <summary>This AppHost asks the person nothing; the dashboard keeps the stream open.</summary>
    public override Task WatchInteractions(IAsyncStreamReader<WatchInteractionsRequestUpdate> requestStream,
        IServerStreamWriter<WatchInteractionsResponseUpdate> responseStream, ServerCallContext context) =>
        Quietly(context, stop => Task.Delay(Timeout.InfiniteTimeSpan, stop));

    /// <summary>A dashboard that goes away is no error.</summary>
    private static async Task Quietly(ServerCallContext context, Func<CancellationToken, Task> stream)
    {
        try
        {
            await stream(context.CancellationToken);
        }
        catch (OperationCanceledException) when (context.CancellationToken.IsCancellationRequested)
        {
            // The dashboard closed the stream.
        }
    }
}
