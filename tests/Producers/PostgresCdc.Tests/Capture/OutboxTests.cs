using System.Text.Json;
using EventSourcing.PostgresCdc.Tests.Support;
using EventSourcing.TestKit;
using EventSourcing.TestKit.Kafka;

namespace EventSourcing.PostgresCdc.Tests.Capture;

/// <summary>Outbox rows and messages become events of their own; what cannot be published is parked; transactions have borders.</summary>
public sealed class OutboxTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact(Skip = Requires.PostgresReason, SkipUnless = nameof(Requires.Postgres), SkipType = typeof(Requires))]
    public async Task RowsAndMessages_AreRouted_ByAggregateType()
    {
        await using var rig = await Rig.StartAsync(Stop);
        await rig.SqlAsync(
            """
            CREATE TABLE outbox (id uuid PRIMARY KEY, aggregatetype text, aggregateid text, type text, payload jsonb);
            INSERT INTO outbox VALUES ('00000000-0000-0000-0000-000000000001', 'order', 'o1', 'io.example.placed.v1', '{"n": 1}')
            """,
            Stop);
        await using var cdc = await rig.StartCdcAsync(
            ["outbox"], Stop, ("Cdc:Tables:0:Outbox", "true"), ("Cdc:OutboxRoutes:0:AggregateType", "order"), ("Cdc:OutboxRoutes:0:Topic", "order-events"));

        await rig.SqlAsync(
            """
            BEGIN; INSERT INTO outbox VALUES ('00000000-0000-0000-0000-000000000002', 'order', 'o1', 'io.example.paid.v1', '{"n": 2}'); DELETE FROM outbox; COMMIT;
            SELECT pg_logical_emit_message(true, 'outbox', '{"id":"3","aggregatetype":"order","aggregateid":"o1","type":"io.example.sent.v1","payload":{"n":3}}');
            SELECT pg_logical_emit_message(true, 'other', 'not ours');
            BEGIN; SELECT pg_logical_emit_message(true, 'outbox', '{"id":"never"}'); ROLLBACK;
            SELECT pg_logical_emit_message(true, 'outbox', 'no json');
            INSERT INTO outbox VALUES ('00000000-0000-0000-0000-000000000004', 'unknown', 'x', 'x', '{}')
            """,
            Stop);
        var events = await Eventually.ValueAsync(_ => TopicLog.ReadAsync(rig.Kafka.BootstrapServers, "order-events"), records => records.Count >= 3, "3 events", stop: Stop);
        var dead = await Eventually.ValueAsync(_ => TopicLog.ReadAsync(rig.Kafka.BootstrapServers, "dead-letters"), records => records.Count >= 2, "2 dead letters", stop: Stop);

        Assert.Equal(3, events.Count);
        Assert.All(events, record => Assert.Equal(("o1", "o1"), (record.Key, record.Header("ce_subject"))));
        Assert.Equal(["io.example.placed.v1", "io.example.paid.v1", "io.example.sent.v1"], events.Select(record => record.Header("ce_type")));
        Assert.Equal(["""{"n": 1}""", """{"n": 2}""", """{"n":3}"""], events.Select(record => record.Value));
        Assert.Equal("00000000-0000-0000-0000-000000000002", events[1].Id);
        Assert.Equal(2, dead.Count);
        Assert.All(dead, record => Assert.Equal("urn:eventsourcing:unroutable-outbox-event", record.Header("ce_reason")));
    }

    [Fact(Skip = Requires.PostgresReason, SkipUnless = nameof(Requires.Postgres), SkipType = typeof(Requires))]
    public async Task TooLargeAChange_IsParked_AndTheStreamGoesOn_AndTransactionsHaveBorders()
    {
        await using var rig = await Rig.StartAsync(Stop);
        await rig.SqlAsync("CREATE TABLE part (id int PRIMARY KEY, name text); CREATE TABLE other (id int PRIMARY KEY)", Stop);
        await using var cdc = await rig.StartCdcAsync(["part", "other"], Stop, ("Cdc:TransactionTopic", "true"));

        await rig.SqlAsync("BEGIN; INSERT INTO part VALUES (1, repeat('x', 3000000)), (2, repeat('y', 1048000)), (3, 'small'); INSERT INTO other VALUES (1); COMMIT", Stop);
        var part = await rig.ReadAsync("part", 1, Stop);
        var dead = await Eventually.ValueAsync(_ => TopicLog.ReadAsync(rig.Kafka.BootstrapServers, "dead-letters"), records => records.Count >= 2, "2 dead letters", stop: Stop);
        var borders = await Eventually.ValueAsync(
            _ => TopicLog.ReadAsync(rig.Kafka.BootstrapServers, $"cdc.{rig.Database}.transaction"), records => records.Count >= 2, "BEGIN and END", stop: Stop);

        Assert.Equal((3L, "small"), (Assert.Single(part).Sequence, part[0].After!.Value.GetProperty("name").GetString()));
        Assert.All(dead, record => Assert.Equal("urn:eventsourcing:too-large", record.Header("ce_reason")));
        Assert.Equal(["""{"id":1}""", """{"id":2}"""], dead.Select(record => record.Key).Order());
        var end = JsonDocument.Parse(borders[1].Value!).RootElement;
        Assert.Equal("BEGIN", JsonDocument.Parse(borders[0].Value!).RootElement.GetProperty("status").GetString());
        Assert.Equal(("END", 4), (end.GetProperty("status").GetString(), end.GetProperty("event_count").GetInt32()));
        Assert.Equal("""[{"data_collection":"public.part","event_count":3},{"data_collection":"public.other","event_count":1}]""", end.GetProperty("data_collections").GetRawText());
        Assert.Equal(end.GetProperty("id").GetString(), part[0].Json!.Value.GetProperty("transaction").GetProperty("id").GetString());
    }
}
