using EventSourcing.Benchmarks.Brokers;

namespace EventSourcing.Benchmarks.Ingress;

/// <summary>A way from outside to a topic: the service and its foreign systems as processes of their own, and the sender's side of its protocol.</summary>
internal abstract class IngressPath : IAsyncDisposable
{
    private readonly Stack<IAsyncDisposable> _owned = [];

    /// <summary>Where its events are read.</summary>
    public abstract string Topic { get; }

    /// <summary>Most sends under way: the window.</summary>
    public abstract int Lanes { get; }

    /// <summary>Events of one send at full speed.</summary>
    public virtual int AtOnce => 1;

    /// <summary>Events of one send at a constant rate.</summary>
    public virtual int PacedAtOnce => AtOnce;

    /// <summary>The service; null when the path has none.</summary>
    public ServiceProcess? Service { get; private set; }

    /// <summary>Starts everything; afterwards events are taken.</summary>
    public abstract Task StartAsync(BrokerUnderLoad broker, CancellationToken stop);

    /// <summary>Sends these events and waits for the answer of whoever takes them.</summary>
    /// <param name="lane">From 0 to below <see cref="Lanes"/>; a lane has one send under way.</param>
    /// <param name="first">The first event's number.</param>
    /// <param name="count">Events.</param>
    /// <param name="stop">Ends it.</param>
    /// <exception cref="InvalidOperationException">An event was not accepted.</exception>
    public abstract Task SendAsync(int lane, int first, int count, CancellationToken stop);

    /// <summary>The number of the event in a record's value; -1 when it is none of these events.</summary>
    public abstract int NumberOf(ReadOnlySpan<byte> value);

    /// <summary>False for events that follow from another one and not from the sender's hand-over.</summary>
    public virtual bool IsTimed(int number) => true;

    /// <summary>Ends everything, also when one of them cannot be ended.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_owned.TryPop(out var owned))
        {
            try
            {
                await owned.DisposeAsync();
            }
            finally
            {
                await DisposeAsync();
            }
        }
    }

    /// <summary>What ends with this path, the last one first.</summary>
    protected T Own<T>(T resource)
        where T : IAsyncDisposable
    {
        _owned.Push(resource);
        return resource;
    }

    protected async Task<ServiceProcess> StartServiceAsync(ServiceDefinition definition, BrokerUnderLoad broker, CancellationToken stop) =>
        Service = Own(await ServiceProcess.StartAsync(definition, broker.BootstrapServers, stop));
}
