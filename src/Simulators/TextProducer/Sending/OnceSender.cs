using Confluent.Kafka;
using EventSourcing.TextProducer.Options;
using Microsoft.Extensions.Configuration;

namespace EventSourcing.TextProducer.Sending;

/// <summary>What the original does: the banner, each line with the offset it got, flush, end.</summary>
internal sealed class OnceSender(IProducer<Null, string> producer, TextTopic topic, LineMessages messages, IConfiguration configuration)
{
    private static readonly TimeSpan FlushTimeout = TimeSpan.FromSeconds(5);

    /// <exception cref="KafkaException">A line was not stored; those before it were.</exception>
    public async Task SendAsync(IReadOnlyList<string> lines, CancellationToken stop)
    {
        var brokers = configuration.GetConnectionString(TextProducerOptions.ConnectionName);
        Console.WriteLine($"############ Text Producer to topic: {topic.Name} on servers {brokers} ####### ");
        await topic.CreateIfMissingAsync();
        try
        {
            for (var index = 0; index < lines.Count; index++)
            {
                Console.Write(lines[index]);
                var delivery = await producer.ProduceAsync(topic.Name, messages.Create(lines[index], index + 1), stop);
                Console.WriteLine($" -> sent{delivery.Offset.Value}");
            }
        }
        finally
        {
            producer.Flush(FlushTimeout);
        }
    }
}
