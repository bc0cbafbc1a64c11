using EventSourcing.Benchmarks.Brokers;
using EventSourcing.EventBackbone;

namespace EventSourcing.Benchmarks.Workloads;

/// <summary>A workload by name. The first one of a list is the baseline of the ratios.</summary>
internal sealed record WorkloadKind(string Name, Func<BrokerUnderLoad, string, int, Task<IWorkload>> CreateAsync)
{
    public static IReadOnlyList<WorkloadKind> All { get; } =
    [
        new("bare client, same record", (broker, topic, bytes) => Task.FromResult<IWorkload>(new BareClient(broker, topic, SampleEvents.Messages(bytes)))),
        new("bare client, key and value", (broker, topic, bytes) => Task.FromResult<IWorkload>(new BareClient(broker, topic, SampleEvents.Plain(bytes)))),
        new("publisher, batches of 500", async (broker, topic, bytes) => new PublisherBatches(await PublisherHost.StartAsync(broker, topic), bytes)),
        new("publisher, transactions of 500", async (broker, topic, bytes) => new PublisherBatches(await PublisherHost.StartAsync(broker, topic, Durability.Transactional), bytes)),
        new("publisher, callbacks", async (broker, topic, bytes) => new PublisherCallbacks(await PublisherHost.StartAsync(broker, topic), bytes)),
    ];
}
