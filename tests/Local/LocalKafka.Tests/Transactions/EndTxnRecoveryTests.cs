using Confluent.Kafka;
using EventSourcing.LocalKafka.Tests.Clients;
using EventSourcing.TestKit;

namespace EventSourcing.LocalKafka.Tests.Transactions;

/// <summary>A crash after each single write of EndTxn: what was decided is carried out at the next start, and nothing else is.</summary>
public sealed class EndTxnRecoveryTests : IDisposable
{
    private const int Partitions = 3;
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(60);
    private readonly TempFolder _folder = new("kafka-endtxn");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Crash_InTheMiddleOfEndTxn_IsCompletedAsDecided(bool commit)
    {
        var crash = await EndTransactionAsync(commit);

        // Mostly the clients wait for their own intervals, so the cases run beside each other.
        var found = await Task.WhenAll(Enum.GetValues<EndTxnStep>().Select(last => Task.Run(() => StartAfterAsync(crash, last, commit), Stop)));

        Assert.Equal(Enum.GetValues<EndTxnStep>().Select(last => last >= EndTxnStep.Prepare && commit ? new Found(last, Partitions, 17) : new Found(last, 0, Offset.Unset)), found);
    }

    /// <summary>What clients find at the start after such a crash, before and after the next holder of the transactional id has done its work.</summary>
    private async Task<Found> StartAfterAsync(EndTxnCrash crash, EndTxnStep last, bool commit)
    {
        var folder = _folder.File($"after-{last}");
        crash.CopyTo(folder, Cut(crash, last, commit));
        await using var broker = await LocalKafkaBroker.StartAsync(Options(folder), Stop);
        var servers = broker.BootstrapServers;
        var seen = TestClient.ReadAll(servers, "out", Partitions).Count;
        using var next = TestClient.TransactionalProducer(servers, "copy");
        next.BeginTransaction();
        for (var i = 0; i < Partitions; i++)
            await next.ProduceAsync(new TopicPartition("out", i), new() { Key = "k", Value = "next" }, Stop);
        next.CommitTransaction(Timeout);
        using var consumer = TestClient.Consumer(servers, "copy");
        var values = TestClient.ReadAll(servers, "out", Partitions).ConvertAll(record => record.Message.Value);

        Assert.Equal(Partitions, values.Count(value => value == "next"));
        Assert.Equal(seen, values.Count(value => value == "first"));
        return new Found(last, seen, consumer.Committed([new("in", 0)], Timeout)[0].Offset);
    }

    /// <summary>Runs a transaction over three partitions and a group to its end and then crashes.</summary>
    private async Task<EndTxnCrash> EndTransactionAsync(bool commit)
    {
        var original = _folder.File("original");
        await using var broker = await LocalKafkaBroker.StartAsync(Options(original), Stop);
        await TestClient.CreateTopicAsync(broker.BootstrapServers, "in");
        await TestClient.CreateTopicAsync(broker.BootstrapServers, "out", Partitions);
        using var producer = TestClient.TransactionalProducer(broker.BootstrapServers, "copy");
        using var consumer = TestClient.Consumer(broker.BootstrapServers, "copy");
        producer.BeginTransaction();
        for (var i = 0; i < Partitions; i++)
            await producer.ProduceAsync(new TopicPartition("out", i), new() { Key = "k", Value = "first" }, Stop);
        producer.SendOffsetsToTransaction([new("in", 0, 17)], consumer.ConsumerGroupMetadata, Timeout);
        var crash = new EndTxnCrash(original);
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

    private static LocalKafkaOptions Options(string folder) => new() { DataDirectory = folder };

    /// <summary>After a crash right after a write: how many records of the transaction are seen, and what the group's offset is.</summary>
    private sealed record Found(EndTxnStep Last, int Records, Offset Offset);
}
