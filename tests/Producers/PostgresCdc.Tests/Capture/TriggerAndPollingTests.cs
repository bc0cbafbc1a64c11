using EventSourcing.PostgresCdc.Tests.Support;
using EventSourcing.TestKit;

namespace EventSourcing.PostgresCdc.Tests.Capture;

/// <summary>The two ways beside the log.</summary>
public sealed class TriggerAndPollingTests
{
    private static readonly (string, string?)[] ByTrigger = [("Cdc:Tables:0:Capture", "Trigger")];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static bool IsPossible => Requires.Postgres && Requires.Pgbench && Requires.Psql;

    [Fact(Skip = Requires.PgbenchReason, SkipUnless = nameof(IsPossible), SkipType = typeof(TriggerAndPollingTests))]
    public async Task Trigger_ServiceKilled_TopicFoldsToTable()
    {
        await using var rig = await Rig.StartAsync(Stop);
        await Accounts.CreateAsync(rig, Stop);
        await using var load = Accounts.StartLoad(rig, seconds: 600, rate: 150);
        for (var kill = 0; kill < 3; kill++)
        {
            await using var service = CdcProcess.Start(rig, [Accounts.Table], ByTrigger);
            await CdcProcess.HasAsync(rig, service, Accounts.Table, await CdcProcess.CountAsync(rig, Accounts.Table) + 200, Stop);
            await service.KillAsync();
        }

        await load.KillAsync();
        await using var last = await rig.StartCdcAsync([Accounts.Table], Stop, ByTrigger);
        await rig.SqlAsync("TRUNCATE account; INSERT INTO account VALUES (1, 1, 'one')", Stop);
        var records = await Accounts.AssertFoldsToTableAsync(rig, Stop);

        ChangeRecord.AssertDense(records);
        Assert.Equal("0", await rig.SqlAsync("SELECT count(*) FROM eventsourcing_cdc.change_log", Stop));
    }

    [Fact(Skip = Requires.PostgresReason, SkipUnless = nameof(Requires.Postgres), SkipType = typeof(Requires))]
    public async Task Trigger_ReadsTheSameValues_AsTheLog()
    {
        await using var rig = await Rig.StartAsync(Stop);
        await rig.SqlAsync(
            "CREATE TABLE a (id int PRIMARY KEY, n numeric, b bytea, j json, jb jsonb, tz timestamptz, ts timestamp, iv interval, texts text[], grid int[], tzs timestamptz[], ok boolean, d double precision); CREATE TABLE b (LIKE a INCLUDING ALL)",
            Stop);
        await using var cdc = await rig.StartCdcAsync(["a", "b"], Stop, ("Cdc:Tables:1:Capture", "Trigger"));

        foreach (var table in (string[])["a", "b"])
        {
            await rig.SqlAsync(
                $$$"""
                SET TimeZone = 'Asia/Tokyo';
                INSERT INTO {{{table}}} VALUES (1, 1.50, '\x00ff', '{"a":  1}', '{"b":[1]}', '2026-03-01 10:30:00.5+01', '2026-03-01 09:30:00', '1 day 02:00', ARRAY['a,b', 'q"q', NULL], '{{1,2},{3,4}}', ARRAY['2026-03-01 10:30:00+01'::timestamptz], true, 'NaN'),
                    (2, 'NaN', NULL, NULL, NULL, 'infinity', NULL, NULL, NULL, NULL, NULL, false, 1e-7);
                UPDATE {{{table}}} SET id = 3 WHERE id = 2; DELETE FROM {{{table}}} WHERE id = 1
                """,
                Stop);
        }

        var log = await rig.ReadAsync("a", 7, Stop);
        var trigger = await rig.ReadAsync("b", 7, Stop);

        Assert.Equal(["c", "c", "d", null, "c", "d", null], log.Select(record => record.Op));
        Assert.Equal(log.Select(record => (record.Op, record.Key, record.After?.GetRawText())), trigger.Select(record => (record.Op, record.Key, record.After?.GetRawText())));
        ChangeRecord.AssertDense(trigger);
    }

    [Fact(Skip = Requires.PostgresReason, SkipUnless = nameof(Requires.Postgres), SkipType = typeof(Requires))]
    public async Task Polling_SeesWhatIsThere_WhenItAsks_OnceEach_OverRestarts()
    {
        await using var rig = await Rig.StartAsync(Stop);
        await rig.SqlAsync("CREATE TABLE part (id int PRIMARY KEY, name text); INSERT INTO part SELECT n, 'x' FROM generate_series(1, 1200) n", Stop);
        (string, string?)[] byId = [("Cdc:Tables:0:Capture", "Polling"), ("Cdc:Tables:0:PollColumn", "id")];
        await using (await rig.StartCdcAsync(["part"], Stop, byId))
            await rig.ReadAsync("part", 1200, Stop);
        await rig.SqlAsync("DELETE FROM part WHERE id = 1; INSERT INTO part VALUES (1201, 'y')", Stop);
        await using var again = await rig.StartCdcAsync(["part"], Stop, byId);
        var records = await rig.ReadAsync("part", 1201, Stop);

        Assert.Equal(1201, records.Count);
        Assert.All(records, record => Assert.Equal("r", record.Op));
        ChangeRecord.AssertDense(records);
        Assert.Equal("0", await rig.SqlAsync("SELECT count(*) FROM pg_replication_slots", Stop));
    }
}
