using System.Diagnostics;
using Confluent.Kafka;
using EventSourcing.EventBackbone.Telemetry;
using Microsoft.Extensions.Logging;

namespace EventSourcing.EventBackbone.Kafka;

/// <summary>
/// Knows whether the backbone answers. A producer that has lost its brokers makes it suspect; a metadata request decides; while it is
/// unreachable it is asked again at every probe interval. One thread of its own.
/// </summary>
internal sealed class BackboneMonitor : IDisposable
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan FirstTimeout = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan ProbeTimeout = TimeSpan.FromSeconds(1);

    private readonly Func<TimeSpan, string?> _probe;
    private readonly Action<bool> _changed;
    private readonly Action _ticked;
    private readonly TimeSpan _probeInterval;
    private readonly ILogger _logger;
    private readonly AutoResetEvent _wake = new(false);
    private readonly Thread _thread;
    private readonly TaskCompletionSource _firstVerdict = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile bool _suspect;
    private volatile bool _stopped;
    private volatile string? _failure;
    private long _since;

    /// <param name="probe">Asks the backbone with a timeout; null when it answered, otherwise why not.</param>
    /// <param name="changed">Runs on every change: true for reachable.</param>
    /// <param name="ticked">Runs every 200 ms or so.</param>
    /// <param name="probeInterval">Pause between two probes while unreachable.</param>
    /// <param name="logger">Gets one line per change.</param>
    public BackboneMonitor(Func<TimeSpan, string?> probe, Action<bool> changed, Action ticked, TimeSpan probeInterval, ILogger logger)
    {
        (_probe, _changed, _ticked, _probeInterval, _logger) = (probe, changed, ticked, probeInterval, logger);
        _thread = new Thread(Run) { IsBackground = true, Name = "backbone monitor" };
    }

    /// <summary>True until a probe has failed.</summary>
    public bool IsReachable => _failure is null;

    /// <summary>Why the backbone counts as unreachable; null when it is reachable.</summary>
    public string? Failure => _failure;

    /// <summary>A probe through the client of <paramref name="admin"/>.</summary>
    public static Func<TimeSpan, string?> MetadataOf(IAdminClient admin, string topic) => timeout =>
    {
        try
        {
            admin.GetMetadata(topic, timeout);
            return null;
        }
        catch (KafkaException exception)
        {
            return exception.Error.Reason;
        }
    };

    /// <summary>Completes when the backbone has been asked for the first time.</summary>
    public Task FirstVerdict => _firstVerdict.Task;

    public void Start() => _thread.Start();

    /// <summary>Somebody has reason to doubt: ask now.</summary>
    public void Suspect()
    {
        _suspect = true;
        _wake.Set();
    }

    public void Dispose()
    {
        _stopped = true;
        _wake.Set();
        if (_thread.ThreadState.HasFlag(System.Threading.ThreadState.Unstarted) || _thread.Join(TimeSpan.FromSeconds(10)))
            _wake.Dispose();
    }

    private void Run()
    {
        _suspect = true;                                      // a process starts without knowing
        while (!_stopped)
        {
            if (_failure is not null)
                Judge(_probe(ProbeTimeout));
            else if (_suspect)
                Judge(_probe(_firstVerdict.Task.IsCompleted ? ProbeTimeout : FirstTimeout));
            _ticked();
            _wake.WaitOne(_failure is null ? Tick : _probeInterval);
        }
    }

    private void Judge(string? failure)
    {
        _suspect = false;
        _firstVerdict.TrySetResult();
        if (_stopped || failure is null == _failure is null)
            return;
        _failure = failure;
        if (failure is null)
            Log.Reachable(_logger, Stopwatch.GetElapsedTime(_since).TotalSeconds);
        else
            Log.Unreachable(_logger, failure);
        _since = Stopwatch.GetTimestamp();
        _changed(failure is null);
    }
}
