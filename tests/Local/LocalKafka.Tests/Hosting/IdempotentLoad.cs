using System.Collections.Concurrent;
using Confluent.Kafka;

namespace EventSourcing.LocalKafka.Tests.Hosting;

/// <summary>Sends numbered records of a few keys from a thread of its own, as fast as its producer's queue takes them, until it is told to finish.</summary>
internal sealed class IdempotentLoad : IDisposable
{
    public const int Keys = 8;
    private readonly IProducer<string, string> _producer;
    private readonly string _topic;
    private readonly SemaphoreSlim _room = new(5_000);
    private readonly CancellationTokenSource _finishing = new();
    private readonly Task _sending;
    private int _acknowledged;

    public IdempotentLoad(IProducer<string, string> producer, string topic)
    {
        _producer = producer;
        _topic = topic;
        _sending = Task.Factory.StartNew(Send, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    public int Sent { get; private set; }

    public int Acknowledged => Volatile.Read(ref _acknowledged);

    public ConcurrentBag<string> Failures { get; } = [];

    /// <summary>Stops sending and waits for the last acknowledgement.</summary>
    public async Task FinishAsync()
    {
        await _finishing.CancelAsync();
        await _sending;
        Assert.Equal(0, _producer.Flush(TimeSpan.FromSeconds(120)));
    }

    public void Dispose()
    {
        _finishing.Cancel();
        _sending.Wait();
        _finishing.Dispose();
        _room.Dispose();
    }

    private void Send()
    {
        while (!_finishing.IsCancellationRequested)
        {
            if (!_room.Wait(TimeSpan.FromMilliseconds(50)))
                continue;
            if (!TrySend(new Message<string, string> { Key = $"k{Sent % Keys}", Value = $"{Sent / Keys}" }))
                return;
            Sent++;
        }
    }

    private bool TrySend(Message<string, string> message)
    {
        try
        {
            _producer.Produce(_topic, message, OnDelivered);
            return true;
        }
        catch (ProduceException<string, string> exception)
        {
            Failures.Add($"{message.Key} {message.Value}: {exception.Error}");
            return false;
        }
    }

    private void OnDelivered(DeliveryReport<string, string> report)
    {
        if (report.Error.IsError)
            Failures.Add($"{report.Key} {report.Value}: {report.Error}");
        Interlocked.Increment(ref _acknowledged);
        _room.Release();
    }
}
