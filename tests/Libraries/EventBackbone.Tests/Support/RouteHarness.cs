using EventSourcing.EventBackbone.Options;
using EventSourcing.EventBackbone.Publishing;
using EventSourcing.EventBackbone.Spooling;
using EventSourcing.EventBackbone.Telemetry;
using EventSourcing.TestKit;
using Microsoft.Extensions.Logging.Abstractions;

namespace EventSourcing.EventBackbone.Tests.Support;

/// <summary>One route with a real spool and a backbone under the test's control.</summary>
internal sealed class RouteHarness : IDisposable
{
    private readonly BackboneTelemetry _telemetry = new();
    private readonly SpoolWorker? _spool;
    private readonly TempFolder? _ownFolder;

    public RouteHarness(DeliveryProfile profile, string? spoolFolder = null, int maxSpoolPages = 0)
    {
        Route = new Route(new TopicDeclaration("harness", "key"), profile);
        var settings = new RouteSettings(Route, profile);
        if (settings.UsesSpool)
        {
            _ownFolder = spoolFolder is null ? new TempFolder("spool") : null;
            var path = Path.Combine(spoolFolder ?? _ownFolder!.Path, "harness.spool");
            _spool = new SpoolWorker(new SpoolStore(path, maxSpoolPages), NullLogger.Instance);
        }
        Channel = new RouteChannel(settings, Backbone, _spool, TimeSpan.FromSeconds(1), _telemetry, NullLogger.Instance);
        Publisher = new EventPublisher([Channel], NullLogger.Instance);
        _spool?.Start([Channel]);
    }

    public Route Route { get; }
    public RouteChannel Channel { get; }
    public FakeBackbone Backbone { get; } = new();
    public EventPublisher Publisher { get; }
    public RouteStatistics Books => Channel.GetStatistics();

    public Task BooksAsync(Func<RouteStatistics, bool> condition, string what) => Eventually.ValueAsync(
        _ => Task.FromResult(Books), condition, what, stop: TestContext.Current.CancellationToken);

    public void Dispose()
    {
        Channel.Close();
        _spool?.Dispose();
        _telemetry.Dispose();
        _ownFolder?.Dispose();
    }
}
