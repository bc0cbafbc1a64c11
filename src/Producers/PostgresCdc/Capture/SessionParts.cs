using EventSourcing.EventBackbone;
using EventSourcing.PostgresCdc.Options;
using EventSourcing.PostgresCdc.Positions;
using EventSourcing.PostgresCdc.Postgres;
using EventSourcing.PostgresCdc.Publishing;
using EventSourcing.PostgresCdc.Telemetry;
using Microsoft.Extensions.Options;
using Npgsql;

namespace EventSourcing.PostgresCdc.Capture;

/// <summary>What every session needs of the service.</summary>
internal sealed class SessionParts(
    IOptions<CdcOptions> options, CapturePlan plan, PostgresServer server, EventPublisher publisher, PositionStore positions, TopicReader topics,
    EventFactory events, CaptureState state, PostgresCdcTelemetry telemetry, TimeProvider time, ILogger<CaptureSession> logger)
{
    public CdcOptions Options => options.Value;

    public CapturePlan Plan => plan;

    public PostgresServer Server => server;

    public EventPublisher Publisher => publisher;

    public PositionStore Positions => positions;

    public TopicReader Topics => topics;

    public EventFactory Events => events;

    public CaptureState State => state;

    public PostgresCdcTelemetry Telemetry => telemetry;

    public TimeProvider Time => time;

    public ILogger Logger => logger;
}

/// <summary>Makes sessions.</summary>
internal sealed class CaptureSessionFactory(SessionParts parts)
{
    /// <summary>A session whose control connection has the active instance's lock.</summary>
    public CaptureSession Create(NpgsqlConnection control) => new(parts, control);
}

/// <summary>What the parts of one session share.</summary>
internal sealed record SessionRun(ChangePublisher Changes, Sequences Sequences, SessionStart.Result Start)
{
    /// <summary>Consistent point of each table's snapshot: transactions that committed before it are in the snapshot.</summary>
    public Dictionary<string, ulong> Snapshots { get; } = Start.Position.Snapshots.ToDictionary(static own => own.Key, static own => Positions.Position.Value(own.Value));

    /// <summary>The numbers of a table that is captured in batches go on where the topic says.</summary>
    public void ResumeNumbers(CapturedTable table, int rows)
    {
        var (source, tail) = (table.SourceText, Start.Tail);
        Sequences.Reuse(source, tail.FreeNumbers(source, Start.Position.Sequences.GetValueOrDefault(source), 3 * rows));
        Sequences.Raise(source, tail.Sequences.GetValueOrDefault(source));
    }

    private volatile bool _isStreaming;
    private volatile bool _isStreamStarted;

    /// <summary>Snapshots are done; the stream was asked for.</summary>
    public bool IsStreamStarted
    {
        get => _isStreamStarted;
        set => _isStreamStarted = value;
    }

    /// <summary>The replication connection streams: before that the server takes no status.</summary>
    public bool IsStreaming
    {
        get => _isStreaming;
        set => _isStreaming = value;
    }
}
