using EventSourcing.LocalKafka.Tests.Clients;
using EventSourcing.TestKit;

namespace EventSourcing.LocalKafka.Tests.Transactions;

/// <summary>What a power cut without fsync may leave: files that end at different moments.</summary>
public sealed class PowerCutTests : IDisposable
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(60);
    private readonly TempFolder _original = new("kafka-powercut");
    private readonly TempFolder _crashed = new("kafka-powercut");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _original.Dispose();
        _crashed.Dispose();
    }

    [Theory]
    [InlineData(false, "")]
    [InlineData(true, "v")]
    public async Task TransactionThatHangs_IsEndedAtTheStart(bool journalSurvives, string expected)
    {
        var crash = await CommitAsync();
        var log = EndTxnCrash.LogOf("cut", 0);
        var cut = new Dictionary<string, long> { [log] = crash.Before(log) };
        if (!journalSurvives)
            cut[EndTxnCrash.Journal] = 0;
        crash.CopyTo(_crashed.Path, cut);

        await using var broker = await LocalKafkaBroker.StartAsync(new() { DataDirectory = _crashed.Path }, Stop);
        using var producer = TestClient.Producer(broker.BootstrapServers);
        await producer.ProduceAsync("cut", new() { Key = "k", Value = "after" }, Stop);

        Assert.Equal($"{expected}after", string.Concat(TestClient.ReadAll(broker.BootstrapServers, "cut").Select(record => record.Message.Value)));
    }

    private async Task<EndTxnCrash> CommitAsync()
    {
        await using var broker = await LocalKafkaBroker.StartAsync(new() { DataDirectory = _original.Path }, Stop);
        await TestClient.CreateTopicAsync(broker.BootstrapServers, "cut");
        using var producer = TestClient.TransactionalProducer(broker.BootstrapServers, "cut");
        producer.BeginTransaction();
        await producer.ProduceAsync("cut", new() { Key = "k", Value = "v" }, Stop);
        var crash = new EndTxnCrash(_original.Path);
        producer.CommitTransaction(Timeout);
        await broker.AbandonAsync();
        return crash;
    }
}
