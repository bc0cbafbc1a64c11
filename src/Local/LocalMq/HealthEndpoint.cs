using System.Globalization;
using EventSourcing.LocalMq.Queues;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace EventSourcing.LocalMq;

/// <summary><c>GET /health</c> and <c>GET /queues</c>, when a port is given for them.</summary>
internal sealed class HealthEndpoint(LocalMqWorker worker, IOptions<LocalMqOptions> options) : IHostedService
{
    private WebApplication? _app;

    /// <inheritdoc/>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (options.Value.HealthPort == 0)
            return;
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{options.Value.HealthPort}"));
        _app = builder.Build();
        _app.MapGet("/health", () => worker.Broker?.FindProblem() is { } problem
            ? Results.Text($"Unhealthy: {problem}", statusCode: StatusCodes.Status503ServiceUnavailable)
            : Results.Text("Healthy"));
        _app.MapGet("/queues", () => Results.Text(
            string.Join('\n', (worker.Broker?.GetQueues() ?? []).Select(Describe)), "text/plain"));
        await _app.StartAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (_app is not null)
            await _app.DisposeAsync();
    }

    private static string Describe(QueueState queue) => string.Create(
        CultureInfo.InvariantCulture, $"{queue.Name} waiting={queue.Waiting} unsettled={queue.Unsettled} consumers={queue.Consumers}");
}
