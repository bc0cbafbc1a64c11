using Confluent.Kafka;
using EventSourcing.LocalKafka.Tests.Clients;
using EventSourcing.TestKit;

namespace EventSourcing.LocalKafka.Tests.Transactions;

/// <summary>A crash after each single write of EndTxn: what was decided is carried out at the next start, and nothing else is.</summary>
public sealed class EndTxnRecoveryTests : IDisposable
{
    private const int Partitions = 3;
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(60);
    private readonly TempFolder _original = new("kafka-endtxn");
    private readonly TempFolder _crashed = new("kafka-endtxn");

    public static MatrixTheoryData<EndTxnStep, bool> StepsAndOutcomes { get; } = new(Enum.GetValues<EndTxnStep>(), [true, false]);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _original.Dispose();
        _crashed.Dispose();
    }

    [Theory]
    [MemberData(nameof(StepsAndOutcomes))]
    public async Task Crash_InTheMiddleOfEndTxn_IsCompletedAsDecided(EndTxnStep last, bool commit)
    {
        var crash = await EndTransactionAsync(commit);
        crash.CopyTo(_crashed.Path, Cut(crash, last, commit));

        await using var broker = await LocalKafkaBroker.StartAsync(Options(_crashed), Stop);
        var servers = broker.BootstrapServers;
        var decided = last >= EndTxnStep.Prepare;
        var stillOpen = TestClient.ReadAll(servers, "out", Partitions, IsolationLevel.ReadUncommitted).Count;
        var seen = TestClient.ReadAll(servers, "out", Partitions).Count;
        using var next = TestClient.TransactionalProducer(servers, "copy");
        next.BeginTransaction();
        for (var i = 0; i < Partitions; i++)
            await next.ProduceAsync(new TopicPartition("out", i), new() { Key = "k", Value = "next" }, Stop);
        next.CommitTransaction(Timeout);
        using var consumer = TestClient.Consumer(servers, "copy");
        var offset = consumer.Committed([new("in", 0)], Timeout)[0].Offset;
        var values = TestClient.ReadAll(servers, "out", Partitions).ConvertAll(record => record.Message.Value);

        Assert.Equal(Partitions, stillOpen);
        Assert.Equal(decided && commit ? Partitions : 0, seen);
        Assert.Equal(decided && commit ? Partitions : 0, values.Count(value => value == "first"));
        Assert.Equal(Partitions, values.Count(value => value == "next"));
        Assert.Equal(decided && commit ? new Offset(17) : Offset.Unset, offset);
    }

    /// <summary>Runs a transaction over three partitions and a group to its end and then crashes.</summary>
    private async Task<EndTxnCrash> EndTransactionAsync(bool commit)
    {
        await using var broker = await LocalKafkaBroker.StartAsync(Options(_original), Stop);
        await TestClient.CreateTopicAsync(broker.BootstrapServers, "in");
        await TestClient.CreateTopicAsync(broker.BootstrapServers, "out", Partitions);
        using var producer = TestClient.TransactionalProducer(broker.BootstrapServers, "copy");
        using var consumer = TestClient.Consumer(broker.BootstrapServers, "copy");
        producer.BeginTransaction();
        for (var i = 0; i < Partitions; i++)
            await producer.ProduceAsync(new TopicPartition("out", i), new() { Key = "k", Value = "first" }, Stop);
        producer.SendOffsetsToTransaction([new("in", 0, 17)], consumer.ConsumerGroupMetadata, Timeout);
        var crash = new EndTxnCrash(_original.Path);
        if (commit)
            producer.CommitTransaction(Timeout);
        else
            producer.AbortTransaction(Timeout);
        await broker.AbandonAsync();
        return crash;
    }

    /// <summary>Writes that came after the last one are cut off: Prepare, a marker per partition, the offsets, Complete.</summary>
    private static Dictionary<string, long> Cut(EndTxnCrash crash, EndTxnStep last, bool commit)
    {
        var logs = Enumerable.Range(0, Partitions).Select(i => EndTxnCrash.LogOf("out", i)).ToArray();
        var cut = new Dictionary<string, long>();
        if (last < EndTxnStep.Complete)
            cut[EndTxnCrash.Journal] = crash.AfterOneEntry(EndTxnCrash.Journal) + (last == EndTxnStep.PartOfComplete ? 5 : 0);
        if (last < EndTxnStep.Offsets && commit)
            cut[EndTxnCrash.Offsets] = crash.Before(EndTxnCrash.Offsets);
        if (last < EndTxnStep.LastMarker)
            cut[logs[2]] = crash.Before(logs[2]);
        if (last < EndTxnStep.SecondMarker)
            cut[logs[1]] = crash.Before(logs[1]);
        if (last < EndTxnStep.FirstMarker)
            cut[logs[0]] = last == EndTxnStep.PartOfFirstMarker ? crash.WithMarker(logs[0], bytes: 40) : crash.Before(logs[0]);
        if (last < EndTxnStep.Prepare)
            cut[EndTxnCrash.Journal] = crash.Before(EndTxnCrash.Journal) + (last == EndTxnStep.PartOfPrepare ? 20 : 0);
        return cut;
    }

    private static LocalKafkaOptions Options(TempFolder folder) => new() { DataDirectory = folder.Path };
}
