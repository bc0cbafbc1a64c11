using Confluent.Kafka;
using EventSourcing.EventBackbone.Kafka;
using EventSourcing.EventBackbone.Options;
using EventSourcing.EventBackbone.Publishing;
using EventSourcing.EventBackbone.Spooling;
using EventSourcing.EventBackbone.Telemetry;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace EventSourcing.EventBackbone;

/// <summary>What runs in a process that uses the backbone: its routes, the clients they share, and the watch over the backbone.</summary>
internal sealed class BackboneRuntime : IDisposable
{
    private readonly ProducerSet _producers;
    private readonly IAdminClient _admin;
    private readonly TopicOwner _topics;
    private readonly BackboneTelemetry _telemetry;
    private readonly SpoolLease? _lease;
    private readonly SpoolWorker? _spool;

    public BackboneRuntime(BackboneSettings settings, IHostEnvironment environment, BackboneTelemetry telemetry, ILoggerFactory loggers)
    {
        Settings = settings;
        _telemetry = telemetry;
        var logger = loggers.CreateLogger<EventPublisher>();
        _admin = new AdminClientBuilder(ProducerConfigs.Admin(settings, environment.ApplicationName))
            .SetErrorHandler((_, _) => { })                   // the probe judges
            .SetLogHandler((_, message) => Log.Client(logger, message.Name, message.Facility, message.Message))
            .Build();
        Monitor = new BackboneMonitor(
            BackboneMonitor.MetadataOf(_admin, settings.Routes[0].Name), OnReachable, Tick, settings.Options.ProbeInterval, logger);
        _producers = new ProducerSet(settings, environment.ApplicationName, Monitor.Suspect, logger);
        if (settings.Routes.Any(route => route.UsesSpool))
        {
            (_lease, var store) = SpoolFactory.Open(settings.Options, environment.ApplicationName);
            _spool = new SpoolWorker(store, logger);
        }
        Channels = settings.Routes
            .Select(route => new RouteChannel(route, _producers.For(route), route.UsesSpool ? _spool : null, settings.Options.RetryAfter, telemetry, logger))
            .ToArray();
        _topics = new TopicOwner(_admin, settings.Routes.SelectMany(route => route.Route.Topics).DistinctBy(topic => topic.Name).ToArray(), logger);
        telemetry.Observe(Channels);
        Publisher = new EventPublisher(Channels, logger);
        var office = new DeadLetterOffice(Publisher, new Uri("/" + Uri.EscapeDataString(environment.ApplicationName), UriKind.Relative));
        foreach (var channel in Channels.Where(channel => channel.Name != DeadLetter.Route.Name))
            channel.DeadLetters = office;
    }

    public BackboneSettings Settings { get; }
    public BackboneMonitor Monitor { get; }
    public IReadOnlyList<RouteChannel> Channels { get; }
    public EventPublisher Publisher { get; }

    public void Start()
    {
        _spool?.Start(Channels.Where(channel => channel.Settings.UsesSpool).ToArray());
        _producers.Start();
        Monitor.Start();
    }

    public Task EnsureTopicsAsync(CancellationToken stop) => Settings.Options.CreateTopics ? _topics.EnsureAsync(stop) : Task.CompletedTask;

    public void Dispose()
    {
        Monitor.Dispose();
        _producers.Dispose();
        _spool?.Dispose();
        _lease?.Dispose();
        _admin.Dispose();
        _telemetry.Dispose();
    }

    private void OnReachable(bool reachable)
    {
        foreach (var channel in Channels)
            channel.OnReachable(reachable);
    }

    private void Tick()
    {
        foreach (var channel in Channels)
            channel.Tick();
    }
}
