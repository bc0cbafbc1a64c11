using Aspire.Confluent.Kafka;
using Confluent.Kafka;

namespace EventSourcing.Storefront.Kafka;

/// <summary>Adds the shop's own Kafka client.</summary>
internal static class DirectProducerExtensions
{
    public static IHostApplicationBuilder AddDirectProducer(this IHostApplicationBuilder builder)
    {
        builder.AddKafkaProducer<byte[], byte[]>("kafka", configureSettings: Configure);
        builder.Services.AddSingleton<DirectProducer>();
        return builder;
    }

    // The component's health check writes to a topic of its own, which nobody owns here, and its spans are one per event.
    private static void Configure(KafkaProducerSettings settings)
    {
        settings.DisableHealthChecks = true;
        settings.DisableTracing = true;
        settings.Config.Acks = Acks.All;
        settings.Config.EnableIdempotence = true;
        settings.Config.MaxInFlight = 1;                      // a broker that was killed knows only the last batch again, not five
        settings.Config.Partitioner = Partitioner.Murmur2Random;
        settings.Config.LingerMs = 5;
        settings.Config.QueueBufferingMaxKbytes = 32 * 1024;
        settings.Config.MessageTimeoutMs = 60_000;
    }
}
