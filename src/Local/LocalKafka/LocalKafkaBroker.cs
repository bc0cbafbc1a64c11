namespace EventSourcing.LocalKafka;

/// <summary>A durable single-node broker that speaks the Kafka protocol, in this process.</summary>
public sealed class LocalKafkaBroker : IAsyncDisposable
{
    /// <summary>Where clients connect: <c>127.0.0.1:port</c>.</summary>
    public string BootstrapServers => throw new NotImplementedException();

    /// <summary>Starts a broker on a free port of the loopback interface with its log in a temporary folder of its own, unless the options say otherwise.</summary>
    public static Task<LocalKafkaBroker> StartAsync(LocalKafkaOptions? options = null, CancellationToken stop = default) =>
        throw new NotImplementedException();

    /// <summary>Stops the broker; a temporary folder is deleted.</summary>
    public ValueTask DisposeAsync() => throw new NotImplementedException();
}
