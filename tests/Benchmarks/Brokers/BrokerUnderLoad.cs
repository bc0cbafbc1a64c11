using System.Diagnostics;
using Confluent.Kafka;
using Confluent.Kafka.Admin;

namespace EventSourcing.Benchmarks.Brokers;

/// <summary>A running broker that workloads are measured on.</summary>
/// <param name="Name">For the report.</param>
/// <param name="BootstrapServers">Where clients connect.</param>
/// <param name="ProcessId">Its process; null when it runs elsewhere, and its CPU time is then unknown.</param>
/// <param name="Stop">Ends it.</param>
internal sealed record BrokerUnderLoad(string Name, string BootstrapServers, int? ProcessId, Func<ValueTask> Stop) : IAsyncDisposable
{
    private static readonly TimeSpan MetadataTimeout = TimeSpan.FromSeconds(30);

    /// <summary>CPU time that the broker has used so far.</summary>
    public TimeSpan? CpuTime() => ProcessId is { } id ? Processes.CpuTime.Of(id) : null;

    /// <summary>Resident memory of the broker, bytes.</summary>
    public long? ResidentBytes()
    {
        if (ProcessId is not { } id)
        {
            return null;
        }

        using var process = Process.GetProcessById(id);
        return process.WorkingSet64;
    }

    /// <summary>The most memory that the broker had resident so far, bytes.</summary>
    public long? PeakResidentBytes()
    {
        if (ProcessId is not { } id)
        {
            return null;
        }

        using var process = Process.GetProcessById(id);
        return process.PeakWorkingSet64;
    }

    public async Task CreateTopicAsync(string topic, int partitions)
    {
        using var admin = Admin();
        await admin.CreateTopicsAsync([new TopicSpecification { Name = topic, NumPartitions = partitions, ReplicationFactor = -1 }]);
    }

    public async Task DeleteTopicAsync(string topic)
    {
        using var admin = Admin();
        await admin.DeleteTopicsAsync([topic]);
    }

    /// <summary>Deletes every topic that is not the broker's own: for a broker that nobody else uses.</summary>
    public async Task DeleteAllTopicsAsync()
    {
        using var admin = Admin();
        var topics = admin.GetMetadata(MetadataTimeout).Topics.Select(topic => topic.Topic).Where(topic => !topic.StartsWith("__", StringComparison.Ordinal)).ToArray();
        if (topics.Length > 0)
        {
            await admin.DeleteTopicsAsync(topics);
        }
    }

    public ValueTask DisposeAsync() => Stop();

    private IAdminClient Admin() => new AdminClientBuilder(new AdminClientConfig { BootstrapServers = BootstrapServers }).Build();
}
