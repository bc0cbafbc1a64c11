using Confluent.Kafka;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace EventSourcing.TextConsumer.Workers;

/// <summary>Prints every record, then stores its offset: after a crash a record may be printed twice, never left out.</summary>
internal sealed class PrintingWorker(
    IConsumer<string?, string?> consumer, ConsumerGroup group, IOptions<TextConsumerOptions> options, IHostApplicationLifetime lifetime, ILogger<PrintingWorker> logger)
    : BackgroundService
{
    private long _printed;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await Task.Factory.StartNew(() => Print(stoppingToken), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        }
        finally
        {
            consumer.Close(); // commits what was stored
        }
        lifetime.StopApplication();
    }

    private void Print(CancellationToken stop)
    {
        consumer.Subscribe(options.Value.Topic);
        while (!stop.IsCancellationRequested && !IsDone)
        {
            if (Consume(stop) is not { } result)
                continue;
            Console.WriteLine(RecordText.Of(result));
            _printed++;
            if (!group.IsTemporary)
                consumer.StoreOffset(result);
        }
    }

    private bool IsDone => options.Value.Count > 0 && _printed >= options.Value.Count;

    private ConsumeResult<string?, string?>? Consume(CancellationToken stop)
    {
        try
        {
            return consumer.Consume(stop);
        }
        catch (OperationCanceledException)
        {
            return null;
        }
        catch (ConsumeException exception) when (!exception.Error.IsFatal)
        {
            Log.ConsumeFailed(logger, options.Value.Topic, exception.Error.Reason);
            return null;
        }
    }
}
