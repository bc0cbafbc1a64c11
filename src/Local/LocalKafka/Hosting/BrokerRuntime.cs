using EventSourcing.LocalKafka.Groups;
using EventSourcing.LocalKafka.Network;
using EventSourcing.LocalKafka.Protocol;
using EventSourcing.LocalKafka.Security;
using EventSourcing.LocalKafka.Storage;
using EventSourcing.LocalKafka.Storage.Cleaning;
using EventSourcing.LocalKafka.Topics;
using EventSourcing.LocalKafka.Transactions;
using Microsoft.Extensions.Logging;

namespace EventSourcing.LocalKafka.Hosting;

/// <summary>A running broker: everything between one start and one stop.</summary>
internal sealed partial class BrokerRuntime : IAsyncDisposable
{
    private readonly DataDirectory _directory;
    private readonly BrokerListener[] _listeners;
    private readonly FrameLimits _limits;
    private readonly LogManager _logs;
    private readonly LogFlusher _flusher;
    private readonly RetentionWorker _retention;
    private readonly LogCleaner _cleaner;
    private readonly GroupCoordinator _groups;
    private readonly OffsetRetentionWorker _offsetRetention;
    private readonly TransactionJournal _journal;
    private readonly TransactionCoordinator _transactions;
    private readonly IntervalWorker _timeouts;
    private readonly RequestDispatcher _dispatcher;

    private BrokerRuntime(LocalKafkaOptions options, DataDirectory directory, BrokerListener[] listeners, FrameLimits limits, FsyncPolicy policy, ILogger logger)
    {
        (_directory, _listeners, _limits) = (directory, listeners, limits);
        var (time, toDisk) = (options.TimeProvider, policy != FsyncPolicy.Never);
        Identity = new BrokerIdentity(directory.ReadOrCreateClusterId(toDisk), [.. listeners.Select(listener => listener.Advertised)]);
        _logs = new LogManager(directory.Path, toDisk, time, logger);
        var topics = new TopicCatalogue(_logs, new CatalogueFile(directory.Path, toDisk));
        var settings = new GroupSettings(options.GroupInitialRebalanceDelay, options.GroupMinSessionTimeout, options.GroupMaxSessionTimeout, MaxSize: 1_000);
        _groups = new GroupCoordinator(settings, new OffsetStore(directory.PathOf("group-offsets.journal"), toDisk, time), time);
        _offsetRetention = new OffsetRetentionWorker(_groups, options.OffsetsRetention, options.OffsetsRetentionCheckInterval, time, logger);
        _flusher = new LogFlusher(_logs, policy, options.FlushInterval, time, logger);
        _retention = new RetentionWorker(_logs, options.RetentionCheckInterval, time, logger);
        _cleaner = new LogCleaner(_logs, options.LogCleanerBackoff, options.LogCleanerDedupeBufferBytes, time, logger);
        var producerIds = new ProducerIds(directory.PathOf("producer-ids"), toDisk);
        var bounds = new TransactionSettings(options.TransactionMaxTimeout, options.TransactionCheckInterval);
        _journal = new TransactionJournal(directory.PathOf("transactions.journal"), toDisk);
        _flusher.Include(_groups.Offsets, _journal);
        var completion = new TransactionCompletion(_journal, topics, _groups.Offsets, _flusher, time, logger);
        _transactions = new TransactionCoordinator(bounds, _journal, completion, producerIds, policy, time, logger);
        _timeouts = new IntervalWorker("transaction timeouts", bounds.CheckInterval, time, _ => _transactions.CheckAsync(), logger);
        _dispatcher = CreateDispatcher(options, policy, topics, producerIds, logger);
    }

    public BrokerIdentity Identity { get; }

    /// <summary>Ports the broker listens on, in the order of its listeners, which ports in front of it may differ from.</summary>
    public IReadOnlyList<int> Ports => [.. _listeners.Select(listener => listener.Port)];

    /// <exception cref="DataDirectoryException">The folder cannot be used.</exception>
    /// <exception cref="InvalidDataException">A file in the folder, the certificate, or the users' file cannot be read.</exception>
    /// <exception cref="System.Net.Sockets.SocketException">An address cannot be bound.</exception>
    public static async Task<BrokerRuntime> StartAsync(LocalKafkaOptions options, string dataDirectory, FsyncPolicy policy)
    {
        var logger = options.LoggerFactory.CreateLogger("EventSourcing.LocalKafka");
        var directory = DataDirectory.Open(dataDirectory);
        List<BrokerListener> listeners = [];
        var limits = new FrameLimits(options.MaxRequestBytes);
        try
        {
            var settings = ListenerSettings.Of(options);
            var security = BrokerSecurity.Load(settings, options, dataDirectory, logger);
            foreach (var each in settings)
                listeners.Add(new BrokerListener(each, options, limits, logger));
            var runtime = new BrokerRuntime(options, directory, [.. listeners], limits, policy, logger);
            await runtime._transactions.RecoverAsync();
            foreach (var listener in listeners)
                listener.Start(runtime._dispatcher, security.Tls, security.Users);
            return runtime;
        }
        catch
        {
            foreach (var listener in listeners)
                await listener.DisposeAsync();
            limits.Dispose();
            directory.Dispose();
            throw;
        }
    }

    /// <summary>Stops: connections end after the request they are in, everything is written and closed.</summary>
    public ValueTask DisposeAsync() => new(EndAsync(orderly: true));

    /// <summary>Ends as a killed process would: nothing is written that is not written yet.</summary>
    public Task AbandonAsync() => EndAsync(orderly: false);

    private async Task EndAsync(bool orderly)
    {
        _groups.Dispose();
        foreach (var listener in _listeners)
            await listener.DisposeAsync();
        _limits.Dispose();
        await _timeouts.DisposeAsync();
        await _offsetRetention.DisposeAsync();
        await _flusher.DisposeAsync();
        await _retention.DisposeAsync();
        await _cleaner.DisposeAsync();
        if (orderly)
            _logs.Close();
        else
            _logs.Abandon();
        _groups.Offsets.Dispose();
        _journal.Dispose();
        _directory.Dispose();
    }
}
