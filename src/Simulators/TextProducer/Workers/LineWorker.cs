using System.Diagnostics;
using Confluent.Kafka;
using EventSourcing.Receipts;
using EventSourcing.TextProducer.Lines;
using EventSourcing.TextProducer.Options;
using EventSourcing.TextProducer.Sending;
using EventSourcing.TextProducer.Telemetry;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace EventSourcing.TextProducer.Workers;

/// <summary>
/// Sends lines at a steady rate until stopped or done, and notes what became of each. While the brokers are away, lines wait in the client's queue (10,000 at most); when it is full,
/// the worker waits, too: nothing is dropped. A line that could not be sent within a minute is noted as refused or unanswered.
/// </summary>
internal sealed class LineWorker(
    IProducer<Null, string> producer, TextTopic topic, LineMessages messages, ReceiptBook book, TextProducerTelemetry telemetry,
    IOptions<TextProducerOptions> options, TimeProvider time, IHostApplicationLifetime lifetime, ILogger<LineWorker> logger)
    : BackgroundService
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan Retry = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan FlushTimeout = TimeSpan.FromSeconds(5);

    private readonly LineGenerator _lines = new(options.Value.Seed);
    private readonly SourceReceipts _receipts = book.For(messages.Source, topic.Name);
    private long _sent;

    /// <summary>A line that found the queue full: the next one to send.</summary>
    private string? _line;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await CreateTopicAsync(stoppingToken);
            await SendAsync(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // A stop, not an error.
        }
        var unanswered = await Task.Run(() => producer.Flush(FlushTimeout), CancellationToken.None);
        if (unanswered > 0)
            Log.Unanswered(logger, unanswered, FlushTimeout);
        lifetime.StopApplication();
    }

    private async Task CreateTopicAsync(CancellationToken stop)
    {
        for (var warned = false; ; warned = true)
        {
            try
            {
                await topic.CreateIfMissingAsync();
                return;
            }
            catch (KafkaException exception) when (exception.Error.Code is ErrorCode.Local_TimedOut or ErrorCode.Local_Transport or ErrorCode.Local_AllBrokersDown
                or ErrorCode.RequestTimedOut or ErrorCode.NetworkException or ErrorCode.BrokerNotAvailable)
            {
                if (!warned)
                    Log.TopicNotCreated(logger, topic.Name, exception.Error.Reason);
                await Task.Delay(Retry, time, stop);
            }
        }
    }

    private async Task SendAsync(CancellationToken stop)
    {
        var started = time.GetTimestamp();
        using var timer = new PeriodicTimer(Tick, time);
        while (!IsDone && await timer.WaitForNextTickAsync(stop))
        {
            var due = (long)(time.GetElapsedTime(started).TotalSeconds * options.Value.LinesPerSecond);
            while (_sent < due && !IsDone)
            {
                if (!TrySend(_sent + 1, stop))
                    break;
                _sent++;
            }
        }
    }

    private bool IsDone => options.Value.Count > 0 && _sent >= options.Value.Count;

    private bool TrySend(long sequence, CancellationToken stop)
    {
        stop.ThrowIfCancellationRequested();
        _line ??= _lines.Next();
        var message = messages.Create(_line, sequence);
        var span = sequence % options.Value.TraceEvery == 1 % options.Value.TraceEvery ? telemetry.StartSend(topic.Name, message) : null;
        try
        {
            producer.Produce(topic.Name, message, report => Note(sequence, report, span));
            Activity.Current = null;
            _line = null;
            return true;
        }
        catch (ProduceException<Null, string> exception) when (exception.Error.Code == ErrorCode.Local_QueueFull)
        {
            TextProducerTelemetry.End(span, exception.Error);
            return false;
        }
    }

    private void Note(long sequence, DeliveryReport<Null, string> report, Activity? span)
    {
        switch (report.Status)
        {
            case PersistenceStatus.Persisted:
                _receipts.Stored(sequence);
                break;
            case PersistenceStatus.NotPersisted:
                _receipts.Rejected(sequence);
                break;
            default:
                _receipts.Unanswered(sequence);
                break;
        }
        telemetry.Sent(topic.Name, report.Error);
        TextProducerTelemetry.End(span, report.Error);
        if (report.Error.IsError)
            Log.NotStored(logger, sequence, report.Error.Reason);
    }
}
