using EventSourcing.PostgresCdc.Tests.Support;
using EventSourcing.TestKit;

namespace EventSourcing.PostgresCdc.Tests.Capture;

/// <summary>Snapshot, then stream.</summary>
public sealed class StreamTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact(Skip = Requires.PostgresReason, SkipUnless = nameof(Requires.Postgres), SkipType = typeof(Requires))]
    public async Task RowsBefore_AreRead_AndChangesAfter_AreStreamed()
    {
        await using var rig = await Rig.StartAsync(Stop);
        await rig.SqlAsync("CREATE TABLE part (id int PRIMARY KEY, name text); INSERT INTO part VALUES (1, 'bolt'), (2, 'nut')", Stop);
        await using var cdc = await rig.StartCdcAsync(["part"], Stop);

        await rig.SqlAsync("INSERT INTO part VALUES (3, 'screw')", Stop);
        await rig.SqlAsync("UPDATE part SET name = 'Bolt' WHERE id = 1", Stop);
        await rig.SqlAsync("DELETE FROM part WHERE id = 2", Stop);
        var records = await rig.ReadAsync("part", 6, Stop);

        Assert.Equal(["r", "r", "c", "u", "d", null], records.Select(record => record.Op));
        Assert.Equal(["""{"id":1}""", """{"id":2}""", """{"id":3}""", """{"id":1}""", """{"id":2}""", """{"id":2}"""], records.Select(record => record.Key));
        Assert.Equal("""{"id":3,"name":"screw"}""", records[2].After!.Value.GetRawText());
        Assert.Equal("""{"id":2}""", records[4].Before!.Value.GetRawText());
        Assert.Null(records[3].Before);
        Assert.Null(records[5].Record.Value);
        ChangeRecord.AssertDense(records);
        Assert.All(records, record => Assert.False(record.Record.IsMarked));
        Assert.Equal("Healthy", await cdc.HealthAsync(Stop));
    }

    [Fact(Skip = Requires.PostgresReason, SkipUnless = nameof(Requires.Postgres), SkipType = typeof(Requires))]
    public async Task Restart_GoesOn_WhereItEnded()
    {
        await using var rig = await Rig.StartAsync(Stop);
        await rig.SqlAsync("CREATE TABLE part (id int PRIMARY KEY, name text); INSERT INTO part SELECT n, 'x' FROM generate_series(1, 100) n", Stop);
        await using (await rig.StartCdcAsync(["part"], Stop))
        {
            await rig.SqlAsync("INSERT INTO part SELECT n, 'y' FROM generate_series(101, 200) n", Stop);
            await rig.ReadAsync("part", 200, Stop);
        }

        await rig.SqlAsync("INSERT INTO part SELECT n, 'z' FROM generate_series(201, 300) n; DELETE FROM part WHERE id = 1", Stop);
        await using var second = await rig.StartCdcAsync(["part"], Stop);
        await rig.SqlAsync("INSERT INTO part VALUES (301, 'last')", Stop);
        var records = await rig.ReadAsync("part", 303, Stop);

        Assert.Equal(303, records.Count);
        ChangeRecord.AssertDense(records);
        Assert.All(records, record => Assert.False(record.Record.IsMarked));
        Assert.Equal(300, ChangeRecord.Fold(records).Count);
    }

    [Fact(Skip = Requires.PostgresReason, SkipUnless = nameof(Requires.Postgres), SkipType = typeof(Requires))]
    public async Task TableConfiguredLater_IsRead_AndStreamed_WithoutGapOrOverlap()
    {
        await using var rig = await Rig.StartAsync(Stop);
        await rig.SqlAsync("CREATE TABLE part (id int PRIMARY KEY); CREATE TABLE late (id int PRIMARY KEY)", Stop);
        await using (await rig.StartCdcAsync(["part"], Stop))
            await rig.SqlAsync("INSERT INTO part VALUES (1); INSERT INTO late VALUES (1)", Stop);

        await rig.SqlAsync("INSERT INTO part VALUES (2); INSERT INTO late VALUES (2)", Stop);
        await using var second = await rig.StartCdcAsync(["part", "late"], Stop);
        await rig.SqlAsync("INSERT INTO part VALUES (3); INSERT INTO late VALUES (3)", Stop);
        var part = await rig.ReadAsync("part", 3, Stop);
        var late = await rig.ReadAsync("late", 3, Stop);

        Assert.Equal(["c", "c", "c"], part.Select(record => record.Op));
        Assert.Equal(["r", "r", "c"], late.Select(record => record.Op));
        Assert.Equal(["""{"id":1}""", """{"id":2}""", """{"id":3}"""], late.Select(record => record.Key));
        ChangeRecord.AssertDense(part);
        ChangeRecord.AssertDense(late);
    }

    [Fact(Skip = Requires.PostgresReason, SkipUnless = nameof(Requires.Postgres), SkipType = typeof(Requires))]
    public async Task IdleTables_TheSlotMoves_ByHeartbeats()
    {
        const string Lag = "SELECT pg_current_wal_lsn() - confirmed_flush_lsn < 10000 FROM pg_replication_slots";
        await using var rig = await Rig.StartAsync(Stop);
        await rig.SqlAsync("CREATE TABLE part (id int PRIMARY KEY); CREATE TABLE busy (t text)", Stop);
        await using var cdc = await rig.StartCdcAsync(["part"], Stop);

        await rig.SqlAsync("INSERT INTO busy SELECT repeat('x', 100) FROM generate_series(1, 20000)", Stop);

        await Eventually.ValueAsync(_ => rig.SqlAsync(Lag, Stop), static isSmall => isSmall == "t", "the slot has followed", stop: Stop);
    }
}
