using EventSourcing.PostgresCdc.Tests.Support;
using EventSourcing.TestKit;

namespace EventSourcing.PostgresCdc.Tests.Capture;

/// <summary>What breaks around the service.</summary>
public sealed class FaultTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact(Skip = Requires.PostgresReason, SkipUnless = nameof(Requires.Postgres), SkipType = typeof(Requires))]
    public async Task SlotDropped_IsSaid_AndEverythingIsReadAgain()
    {
        await using var rig = await Rig.StartAsync(Stop);
        await Accounts.CreateAsync(rig, Stop);
        await using (await rig.StartCdcAsync([Accounts.Table], Stop))
            await rig.ReadAsync(Accounts.Table, 300, Stop);
        await rig.SqlAsync("SELECT pg_drop_replication_slot('eventsourcing_cdc'); DELETE FROM account WHERE id <= 100; UPDATE account SET n = 7 WHERE id = 200", Stop);

        await using var again = await rig.StartCdcAsync([Accounts.Table], Stop);
        await rig.SqlAsync("INSERT INTO account VALUES (999, 9, 'after')", Stop);
        var records = await Accounts.AssertFoldsToTableAsync(rig, Stop);

        Assert.Equal((300 + 200, 1, 1), (records.Count(record => record.Op == "r"), records.Count(record => record.Op == "t"), records.Count(record => record.Op == "c")));
        Assert.All(records.Where(record => record.Op == "r").Skip(300), record => Assert.True(record.Record.IsMarked));
        ChangeRecord.AssertDense(records);
    }

    [Fact(Skip = Requires.PostgresReason, SkipUnless = nameof(Requires.Postgres), SkipType = typeof(Requires))]
    public async Task SlotMovedByAnother_IsNotSkippedOver()
    {
        await using var rig = await Rig.StartAsync(Stop);
        await Accounts.CreateAsync(rig, Stop);
        await using (await rig.StartCdcAsync([Accounts.Table], Stop))
            await rig.ReadAsync(Accounts.Table, 300, Stop);
        await rig.SqlAsync("DELETE FROM account WHERE id <= 100; SELECT pg_replication_slot_advance('eventsourcing_cdc', pg_current_wal_lsn())", Stop);

        await using var again = await rig.StartCdcAsync([Accounts.Table], Stop);
        var records = await Accounts.AssertFoldsToTableAsync(rig, Stop);

        Assert.Single(records, record => record.Op == "t");
    }

    [Fact(Skip = Requires.PostgresReason, SkipUnless = nameof(Requires.Postgres), SkipType = typeof(Requires))]
    public async Task KafkaAway_StopsReading_AndGoesOn()
    {
        await using var rig = await Rig.StartAsync(Stop);
        await Accounts.CreateAsync(rig, Stop);
        await using var cdc = await rig.StartCdcAsync([Accounts.Table], Stop, ("Cdc:WindowEvents", "100"));
        await rig.ReadAsync(Accounts.Table, 300, Stop);

        await rig.Kafka.StopAsync();
        await rig.SqlAsync("INSERT INTO account SELECT i, 1, md5(i::text) FROM generate_series(1000, 2999) i", Stop);
        await Eventually.TrueAsync(() => cdc.Window == 100, "the window is full", stop: Stop);
        await rig.Kafka.RestartAsync(Stop);
        var records = await Accounts.AssertFoldsToTableAsync(rig, Stop);

        Assert.Equal(2300, records.DistinctBy(record => record.Record.Id).Count());
        ChangeRecord.AssertDense(records);
    }

    [Fact(Skip = Requires.PostgresReason, SkipUnless = nameof(Requires.Postgres), SkipType = typeof(Requires))]
    public async Task KafkaAway_LongerThanTheRouteWaits_LosesNothing()
    {
        await using var rig = await Rig.StartAsync(Stop);
        await Accounts.CreateAsync(rig, Stop);
        await using var cdc = await rig.StartCdcAsync(
            [Accounts.Table], Stop, ($"Backbone:Routes:{rig.Topic(Accounts.Table)}:DeliveryTimeout", "00:00:01"));
        await rig.ReadAsync(Accounts.Table, 300, Stop);

        await rig.Kafka.StopAsync();
        await rig.SqlAsync("INSERT INTO account SELECT i, 1, md5(i::text) FROM generate_series(1000, 2999) i", Stop);
        await cdc.DoesAsync("PostgreSQL", Stop);
        await rig.Kafka.RestartAsync(Stop);
        var records = await Accounts.AssertFoldsToTableAsync(rig, Stop);

        Assert.Equal(2300, records.DistinctBy(record => record.Record.Id).Count());
        ChangeRecord.AssertDense(records);
    }

    [Fact(Skip = Requires.PostgresReason, SkipUnless = nameof(Requires.Postgres), SkipType = typeof(Requires))]
    public async Task SecondInstance_StandsBy_AndTakesOver()
    {
        await using var rig = await Rig.StartAsync(Stop);
        await Accounts.CreateAsync(rig, Stop);
        var first = await rig.StartCdcAsync([Accounts.Table], Stop);
        await rig.ReadAsync(Accounts.Table, 300, Stop);
        await using var second = await Cdc.StartAsync(rig.Settings([Accounts.Table], ("Backbone:SpoolDirectory", rig.Folder.File("second"))), Stop);
        await second.DoesAsync("standby", Stop);
        Assert.Equal("Healthy", await second.HealthAsync(Stop));

        await first.DisposeAsync();
        await second.DoesAsync("streaming", Stop);
        await rig.SqlAsync("UPDATE account SET n = 1", Stop);
        var records = await Accounts.AssertFoldsToTableAsync(rig, Stop);

        Assert.Equal(600, records.Count);
        ChangeRecord.AssertDense(records);
    }

    [Fact(Skip = Requires.PostgresReason, SkipUnless = nameof(Requires.Postgres), SkipType = typeof(Requires))]
    public async Task ConcurrentInserts_DuringTheSnapshot_ComeOnce()
    {
        await using var rig = await Rig.StartAsync(Stop);
        await Accounts.CreateAsync(rig, Stop);
        await rig.SqlAsync("INSERT INTO account SELECT i, 1, md5(i::text) FROM generate_series(1000, 20999) i", Stop);
        var inserts = Task.Run(
            async () =>
            {
                for (var i = 0; i < 60; i++)
                    await rig.SqlAsync($"INSERT INTO account SELECT 100000 + {i * 10} + n, 1, 'x' FROM generate_series(0, 9) n", Stop);
            },
            Stop);
        await using var cdc = await rig.StartCdcAsync([Accounts.Table], Stop, ("Cdc:WindowEvents", "200"));
        await inserts;
        var records = await Accounts.AssertFoldsToTableAsync(rig, Stop);

        Assert.Equal(20_900, records.Count);
        Assert.Equal(20_900, records.Select(record => record.Key).Distinct().Count());
        ChangeRecord.AssertDense(records);
    }

    [Fact(Skip = Requires.PostgresReason, SkipUnless = nameof(Requires.Postgres), SkipType = typeof(Requires))]
    public async Task SlotInvalidated_ByTheServersLimit_IsMadeGood()
    {
        await using var rig = await Rig.StartAsync(Stop);
        await Accounts.CreateAsync(rig, Stop);
        await using (await rig.StartCdcAsync([Accounts.Table], Stop))
            await rig.ReadAsync(Accounts.Table, 300, Stop);
        await using (var admin = new Npgsql.NpgsqlConnection(rig.Postgres.AdminConnectionString()))
        {
            await admin.OpenAsync(Stop);
            foreach (var sql in (string[])["ALTER SYSTEM SET max_slot_wal_keep_size = '1MB'", "SELECT pg_reload_conf()"])
                await RunAsync(admin, sql);
            await rig.SqlAsync("DELETE FROM account WHERE id <= 10", Stop);
            await Eventually.TrueAsync(
                async _ =>
                {
                    await RunAsync(admin, "SELECT pg_logical_emit_message(false, 'fill', repeat('x', 1000000)); SELECT pg_switch_wal(); CHECKPOINT");
                    return await rig.SqlAsync("SELECT wal_status FROM pg_replication_slots", Stop) == "lost";
                },
                "the slot is lost", stop: Stop);
        }

        await using var again = await rig.StartCdcAsync([Accounts.Table], Stop);
        var records = await Accounts.AssertFoldsToTableAsync(rig, Stop);

        Assert.Equal((300 + 290, 1), (records.Count(record => record.Op == "r"), records.Count(record => record.Op == "t")));
    }

    private static async Task RunAsync(Npgsql.NpgsqlConnection connection, string sql)
    {
        await using var command = new Npgsql.NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(Stop);
    }
}
