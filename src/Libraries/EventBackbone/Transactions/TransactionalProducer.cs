using Confluent.Kafka;
using Microsoft.Extensions.Logging;

namespace EventSourcing.EventBackbone.Transactions;

/// <summary>
/// One route's transactions, one after the other on a thread of its own. While one is being committed the next gathers, so that what comes at the same
/// time shares a commit. A transaction that had to be aborted is tried again until its records are overdue: nothing of it was visible.
/// </summary>
internal sealed partial class TransactionalProducer : ITransactionalProducer, IDisposable
{
    private static readonly TimeSpan Idle = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(10);
    private static readonly Error Stopping = new(ErrorCode.Local_Destroy, "the service is stopping");

    private readonly TransactionSettings _settings;
    private readonly Func<ITransactionClient> _build;
    private readonly ILogger _logger;
    private readonly TransactionQueue _queue;
    private readonly ManualResetEvent _stop = new(false);
    private readonly Thread _thread;
    private ITransactionClient? _client;
    private bool _isOpen;
    private volatile TransactionAttempt? _committing;
    private volatile string? _failure;
    private volatile bool _stopping;

    /// <param name="settings">The route's transactions.</param>
    /// <param name="build">Makes the first client and, when one broke, the next.</param>
    /// <param name="logger">Gets a line when a client broke or was fenced.</param>
    /// <exception cref="InvalidOperationException">The client refuses its settings.</exception>
    public TransactionalProducer(TransactionSettings settings, Func<ITransactionClient> build, ILogger logger)
    {
        (_settings, _build, _logger) = (settings, build, logger);
        _queue = new TransactionQueue(settings);
        _client = build();
        _thread = new Thread(Run) { IsBackground = true, Name = $"transactions {settings.TransactionalId}" };
    }

    public string? Failure => _failure;

    public void Start() => _thread.Start();

    public void Produce(TopicPartition topic, Record record, Action<RecordReport> delivered) => Produce([new TransactionRecord(record, delivered)]);

    public void Produce(IReadOnlyList<TransactionRecord> records) => _queue.Add(new TransactionUnit(records));

    public void RefuseOverdue()
    {
        _queue.RefuseOverdue();
        if (_committing is { } attempt && attempt.Age > _settings.TransactionTimeout)
            attempt.ReportUnknown();                          // the commit is still being asked for
    }

    public void RefuseQueued() => _queue.Close(Stopping);

    /// <summary>Ends what has begun: a commit that is under way is waited for, anything else is aborted.</summary>
    public void Dispose()
    {
        _stopping = true;
        _stop.Set();
        RefuseQueued();
        if (!_thread.ThreadState.HasFlag(ThreadState.Unstarted) && !_thread.Join(StopTimeout))
            return;                                           // a broker that is away: the process ends with its thread
        _client?.Dispose();
        _stop.Dispose();
    }

    private void Run()
    {
        while (!_stopping && _failure is null)
            if (TryOpen() && _queue.Take(Idle) is { Count: > 0 } units)
                Execute(units);
    }
}
