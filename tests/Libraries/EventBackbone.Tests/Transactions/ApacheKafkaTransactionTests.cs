using EventSourcing.TestKit;
using EventSourcing.TestKit.Kafka;

namespace EventSourcing.EventBackbone.Tests.Transactions;

/// <summary>Transactional routes on Apache Kafka, judged by kcat.</summary>
public sealed class ApacheKafkaTransactionTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact(Skip = Requires.KafkaHomeReason, SkipUnless = nameof(Requires.KafkaHome), SkipType = typeof(Requires))]
    public async Task BrokerKilledUnderLoad_EveryBatchOnEveryTopicOrNowhere()
    {
        await using var kafka = await ApacheKafka.StartAsync(stop: Stop);
        await TransactionScenarios.BrokerKilledAsync(kafka.BootstrapServers, kafka.KillAsync, () => kafka.RestartAsync(Stop), kills: 2);
    }

    [Fact(Skip = Requires.KafkaHomeReason, SkipUnless = nameof(Requires.KafkaHome), SkipType = typeof(Requires))]
    public async Task InstancesTakeOver_ByStartAndAfterKill()
    {
        await using var kafka = await ApacheKafka.StartAsync(stop: Stop);
        await TransactionScenarios.TakenOverAsync(kafka.BootstrapServers);
        await TransactionScenarios.ProducerKilledAsync(kafka.BootstrapServers);
    }
}
