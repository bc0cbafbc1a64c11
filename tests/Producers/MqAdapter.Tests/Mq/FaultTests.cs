using EventSourcing.MqAdapter.Tests.Support;
using EventSourcing.TestKit;
using EventSourcing.TestKit.Kafka;

namespace EventSourcing.MqAdapter.Tests.Mq;

/// <summary>What breaks between the queue and the topic: nothing is lost, and what may be twice is marked.</summary>
public sealed class FaultTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Credit_BoundsWhatIsHeld_WhileTheBackboneHangs_AndItGoesOn()
    {
        await using var rig = await Rig.StartAsync(Stop);
        await using var adapter = await rig.StartAdapterAsync(Stop, ("Mq:Credit", "10"), ("Mq:DrainTimeout", "00:00:01"));
        await rig.Kafka.StopAsync();

        await rig.SendAsync("json-sales", Enumerable.Range(1, 100).Select(number => Rig.Json($"m{number}")));
        var most = 0;
        await Eventually.TrueAsync(
            async token =>
            {
                most = Math.Max(most, rig.Mq.GetQueues().Single(queue => queue.Name == "json-sales").Unsettled);
                return most > 0 && await adapter.HealthAsync(token) != "Healthy";
            },
            "the backbone is seen to be away",
            stop: Stop);
        await rig.Kafka.RestartAsync(Stop);
        var records = await ReadIdsAsync(rig, 100);

        Assert.InRange(most, 1, 10);
        AssertOnceOrMarked(records, 100);
        await rig.QueueHasAsync("json-sales", 0, Stop);
        await adapter.IsAsync("Healthy", Stop);
    }

    [Fact]
    public async Task CutConnection_LosesNothing_AndMarksWhatMayBeTwice()
    {
        await using var rig = await Rig.StartAsync(Stop);
        await using var adapter = await rig.StartAdapterAsync(Stop);

        for (var round = 0; round < 5; round++)
        {
            var sent = rig.SendAsync("json-sales", Enumerable.Range((round * 400) + 1, 400).Select(number => Rig.Json($"m{number}")));
            await ReadIdsAsync(rig, (round * 400) + 50);
            rig.Relay.Cut();
            await sent;
        }

        var records = await ReadIdsAsync(rig, 2_000);
        await rig.QueueHasAsync("json-sales", 0, Stop);

        AssertOnceOrMarked(records, 2_000);
        Assert.True(rig.Relay.Connections >= 5);
    }

    [Fact]
    public async Task QueueAway_DegradesHealth_AndComesBack()
    {
        await using var rig = await Rig.StartAsync(Stop);
        await using var adapter = await rig.StartAdapterAsync(Stop);

        rig.Relay.Refuse();
        await adapter.IsAsync("Degraded", Stop);
        rig.Relay.Restore();

        await adapter.IsAsync("Healthy", Stop);
    }

    [Fact]
    public async Task CleanStop_SettlesWhatItHolds_AndGivesTheRestBack()
    {
        await using var rig = await Rig.StartAsync(Stop);
        var first = await rig.StartAdapterAsync(Stop);
        var sent = rig.SendAsync("json-sales", Enumerable.Range(1, 1_000).Select(number => Rig.Json($"m{number}")));
        await ReadIdsAsync(rig, 100);
        await first.DisposeAsync();
        await sent;

        await using var second = await rig.StartAdapterAsync(Stop);
        var records = await ReadIdsAsync(rig, 1_000);

        AssertOnceOrMarked(records, 1_000);
        await rig.QueueHasAsync("json-sales", 0, Stop);
    }

    [Fact]
    public async Task WrongSettings_StopTheStart_AllAtOnce()
    {
        await using var rig = await Rig.StartAsync(Stop);
        var settings = rig.SettingsOf(
            ("Mq:Queues:0:Fields:0:Picture", "Z(5)"), ("Mq:Queues:1:Charset", "klingon"), ("Mq:Queues:2:KeyFrom", "Field"), ("Mq:Credit", "0"));

        var wrong = await Assert.ThrowsAnyAsync<Exception>(() => Adapter.StartAsync(settings, Stop));

        foreach (var part in new[] { "Z(5)", "klingon", "KeyField", "Credit" })
            Assert.Contains(part, wrong.ToString(), StringComparison.Ordinal);
    }

    private static Task<IReadOnlyList<TopicRecord>> ReadIdsAsync(Rig rig, int count) => Eventually.ValueAsync(
        _ => TopicLog.ReadAsync(rig.Kafka.BootstrapServers, Rig.Topic),
        records => records.Select(record => record.Id).Distinct().Count() >= count,
        $"{count} different events",
        stop: Stop);

    private static void AssertOnceOrMarked(IReadOnlyList<TopicRecord> records, int count)
    {
        Assert.Equal(Enumerable.Range(1, count).Select(number => $"m{number}").Order(), records.Select(record => record.Id!).Distinct().Order());
        Assert.Empty(records.GroupBy(record => record.Id).Where(copies => copies.Count(copy => !copy.IsMarked) > 1).Select(copies => copies.Key));
    }
}
