using EventSourcing.MobileClient.Queue;
using EventSourcing.MobileClient.Sending;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace EventSourcing.MobileClient;

/// <summary>
/// A phone's way to the BFF: events wait in a file until each has a final answer. Nothing that was added is dropped; nothing without an answer leaves the
/// queue. Events are sent in the order in which they were added. Thread-safe.
/// </summary>
public sealed class MobileEventClient : IAsyncDisposable
{
    private readonly EventQueue _queue;
    private readonly QueueDrain _drain;
    private readonly MobileClientOptions _options;
    private readonly TimeProvider _time;
    private readonly SemaphoreSlim _sending = new(1);
    private readonly CancellationTokenSource _stop = new();
    private volatile TaskCompletionSource _due = NewSignal();
    private Task _flushing = Task.CompletedTask;
    private bool _isStarted;

    /// <summary>Opens the queue; sends nothing before <see cref="Start"/> or <see cref="FlushAsync"/>.</summary>
    /// <param name="options">How to queue and send.</param>
    /// <param name="http">Its base address is the BFF. It must not retry by itself.</param>
    /// <param name="tokens">Where the device token comes from.</param>
    /// <param name="answered">
    /// Told of every final answer, refusals too, on any thread, before the event leaves the queue: after a kill it may be told again. An event for which it throws stays.
    /// </param>
    /// <param name="time">The phone's clock; default the system's.</param>
    /// <param name="logger">Default none.</param>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    /// <exception cref="Microsoft.Data.Sqlite.SqliteException">The queue's file cannot be used, or another client uses it.</exception>
    public MobileEventClient(
        MobileClientOptions options, HttpClient http, IDeviceTokenSource tokens, Action<EventAnswer> answered, TimeProvider? time = null,
        ILogger<MobileEventClient>? logger = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(answered);
        options.Validate();
        (_options, _time) = (options, time ?? TimeProvider.System);
        _queue = new EventQueue(options.QueuePath, options.MaxQueuedEvents);
        Source = $"{options.SourcePrefix}/{options.InstallationId}/{_queue.Id}";
        _drain = new QueueDrain(
            _queue, new BatchSender(http, tokens, options, _time), options, answered, _time, logger ?? NullLogger<MobileEventClient>.Instance, Source);
    }

    /// <summary>CloudEvents <c>source</c> of this queue's events: prefix, installation, queue. It lasts as long as the file.</summary>
    public string Source { get; }

    /// <summary>Events that wait for their answer.</summary>
    public long Waiting => _queue.Count;

    /// <summary>Adds an event; when this returns true it is on disk.</summary>
    /// <returns>False when the queue is full.</returns>
    /// <exception cref="ArgumentException">The data are no JSON.</exception>
    public bool TryAdd(MobileEvent mobileEvent, out long number) => TryAdd([mobileEvent], out number);

    /// <summary>Adds events in one go, all or none.</summary>
    /// <inheritdoc cref="TryAdd(MobileEvent, out long)"/>
    public bool TryAdd(IReadOnlyList<MobileEvent> events, out long first)
    {
        ArgumentNullException.ThrowIfNull(events);
        return Note(first = _queue.Add(events.Count, (number, i) => EventJson.Write(events[i], Source, _options.InstallationId, number)));
    }

    /// <summary>Adds an event that the app has written itself: a CloudEvent in JSON, unchecked. The service says what it thinks of it.</summary>
    /// <returns>False when the queue is full.</returns>
    public bool TryAddRaw(ReadOnlyMemory<byte> json, out long number) => Note(number = _queue.Add(1, (_, _) => json.ToArray()));

    /// <summary>Sends from now on by itself: at once what is waiting, then whenever enough wait or the interval is over.</summary>
    /// <exception cref="InvalidOperationException">It is started already.</exception>
    public void Start()
    {
        if (Interlocked.Exchange(ref _isStarted, true))
            throw new InvalidOperationException("The client is started already.");
        _flushing = Task.Run(() => FlushWheneverDueAsync(_stop.Token));
    }

    /// <summary>Sends what is waiting; completes when the queue is empty.</summary>
    /// <exception cref="OperationCanceledException"><paramref name="stop"/> was cancelled, or the client disposed; what has no answer stays in the queue.</exception>
    public async Task FlushAsync(CancellationToken stop = default)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stop, _stop.Token);
        await _sending.WaitAsync(either.Token).ConfigureAwait(false);
        try
        {
            await _drain.RunAsync(either.Token).ConfigureAwait(false);
        }
        finally
        {
            _sending.Release();
        }
    }

    /// <summary>Numbers of the events that this client may have sent and that have no answer.</summary>
    public IReadOnlyList<long> GetUnanswered() => _queue.NumbersThrough(_drain.AttemptedThrough);

    /// <summary>Stops sending and closes the queue; what waits is sent by the next client on the same file.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_stop.IsCancellationRequested)
            return;
        await _stop.CancelAsync().ConfigureAwait(false);
        await _flushing.ConfigureAwait(false);
        await _sending.WaitAsync().ConfigureAwait(false);      // whoever is still flushing has been told to stop
        _queue.Dispose();
        _sending.Dispose();
        _stop.Dispose();
    }

    private bool Note(long first)
    {
        if (_queue.Count >= _options.FlushCount)
            _due.TrySetResult();
        return first > 0;
    }

    private async Task FlushWheneverDueAsync(CancellationToken stop)
    {
        try
        {
            for (var atOnce = _options.FlushOnStart; ; atOnce = false)
            {
                if (!atOnce)
                    await WaitUntilDueAsync(stop).ConfigureAwait(false);
                _due = NewSignal();
                await FlushAsync(stop).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException)
        {
            // Disposed.
        }
    }

    private async Task WaitUntilDueAsync(CancellationToken stop)
    {
        try
        {
            await _due.Task.WaitAsync(_options.FlushInterval, _time, stop).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            // The interval is over.
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
