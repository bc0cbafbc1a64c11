using EventSourcing.MqAdapter.Tests.Support;
using EventSourcing.TestKit;
using EventSourcing.TestKit.Amqp;
using EventSourcing.TestKit.Kafka;

namespace EventSourcing.MqAdapter.Tests.Judges;

/// <summary>Qpid Proton as the application that sends.</summary>
public sealed class ProtonTests
{
    private const string Body = """{"storeId":"S1","sku":"#","quantity":1,"unitPrice":2.50}""";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact(Skip = Requires.ProtonReason, SkipUnless = nameof(Requires.Proton), SkipType = typeof(Requires))]
    public async Task OnLocalMq_EveryMessage_IsOnTheTopic()
    {
        await using var rig = await Rig.StartAsync(Stop);
        await using var adapter = await rig.StartAdapterAsync(Stop);

        await Proton.SendAsync(rig.Mq.Address, "json-sales", "p", 100, Body, Stop);
        var records = await rig.ReadAsync(Rig.Topic, 100, Stop);

        AssertOnce(records);
    }

    [Fact(Skip = $"{Requires.RabbitMqReason}; {Requires.ProtonReason}", SkipUnless = nameof(IsPossible), SkipType = typeof(ProtonTests))]
    public async Task OnRabbitMq_EveryMessage_IsOnTheTopic_AndPoisonDoesNotStopIt()
    {
        await using var rig = await Rig.StartAsync(Stop);
        await using var rabbit = await RabbitMq.StartAsync(Stop);
        await using var adapter = await rig.StartAdapterAsync(
            Stop, [("ConnectionStrings:mq", rabbit.Address), .. Settings.Records(0, address: "/queue/store-sales"), .. Settings.Json(1, address: "/queue/json-sales"),
            ("Mq:Queues:2:Address", "/queue/notes")]);

        await Proton.SendAsync(rabbit.Address, "/queue/json-sales", "poison", 1, "no json", Stop);
        await Proton.SendAsync(rabbit.Address, "/queue/json-sales", "p", 100, Body, Stop);
        var records = await rig.ReadAsync(Rig.Topic, 100, Stop);
        var dead = await rig.ReadAsync("dead-letters", 1, Stop);

        AssertOnce(records);
        Assert.Equal(("no json", "amqp:json-sales/poison1"), (dead[0].Value, dead[0].Header("ce_subject")));
    }

    public static bool IsPossible => Requires.RabbitMq && Requires.Proton;

    private static void AssertOnce(IReadOnlyList<TopicRecord> records)
    {
        Assert.Equal(Enumerable.Range(1, 100).Select(number => $"p{number}").Order(), records.Select(record => record.Id!).Order());
        Assert.All(records, record => Assert.Equal(("proton", false), (record.Key, record.IsMarked)));
    }
}
