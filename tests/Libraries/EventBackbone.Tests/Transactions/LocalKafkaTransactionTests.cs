using EventSourcing.EventBackbone.Tests.Support;
using EventSourcing.TestKit;

namespace EventSourcing.EventBackbone.Tests.Transactions;

/// <summary>Transactional routes on LocalKafka, judged by kcat.</summary>
public sealed class LocalKafkaTransactionTests(BrokerFixture broker)
{
    [Fact(Skip = Requires.KcatReason, SkipUnless = nameof(Requires.Kcat), SkipType = typeof(Requires))]
    public async Task BrokerKilledUnderLoad_EveryBatchOnEveryTopicOrNowhere()
    {
        await using var process = await BrokerProcess.StartNewAsync();
        await TransactionScenarios.BrokerKilledAsync(process.BootstrapServers, process.KillAsync, process.StartAsync, kills: 5);
    }

    [Fact(Skip = Requires.KcatReason, SkipUnless = nameof(Requires.Kcat), SkipType = typeof(Requires))]
    public Task SecondInstance_TakesOver_TheFirstRefusesAndSaysSo() => TransactionScenarios.TakenOverAsync(broker.BootstrapServers);

    [Fact(Skip = Requires.KcatReason, SkipUnless = nameof(Requires.Kcat), SkipType = typeof(Requires))]
    public Task ProducerKilledUnderLoad_EveryBatchOnEveryTopicOrNowhere() => TransactionScenarios.ProducerKilledAsync(broker.BootstrapServers);

    /// <summary>The producer that is killed.</summary>
    [Fact(Explicit = true)]
    public Task Producer() => TransactionScenarios.ProduceUntilKilledAsync();
}
