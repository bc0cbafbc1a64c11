using Confluent.Kafka;
using Confluent.Kafka.Admin;
using EventSourcing.TextProducer.Options;
using Microsoft.Extensions.Options;

namespace EventSourcing.TextProducer.Sending;

/// <summary>The topic that this producer owns: created when it does not exist, never altered.</summary>
internal sealed class TextTopic(IProducer<Null, string> producer, IOptions<TextProducerOptions> options)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(8);
    private static readonly TimeSpan Retention = TimeSpan.FromDays(7);

    public string Name => options.Value.Topic;

    /// <exception cref="KafkaException">No broker answers, or it refuses the topic.</exception>
    public async Task CreateIfMissingAsync()
    {
        using var admin = new DependentAdminClientBuilder(producer.Handle).Build();
        var topic = new TopicSpecification
        {
            Name = Name,
            NumPartitions = options.Value.Partitions,
            ReplicationFactor = -1,
            Configs = new() { ["retention.ms"] = Retention.TotalMilliseconds.ToString("0", System.Globalization.CultureInfo.InvariantCulture) },
        };
        try
        {
            await admin.CreateTopicsAsync([topic], new CreateTopicsOptions { RequestTimeout = Patience, OperationTimeout = Patience });
        }
        catch (CreateTopicsException exception) when (exception.Results.All(static result => result.Error.Code == ErrorCode.TopicAlreadyExists))
        {
            // It is there: that is what was wanted.
        }
        catch (CreateTopicsException exception)
        {
            throw new KafkaException(exception.Results[0].Error);
        }
    }
}
