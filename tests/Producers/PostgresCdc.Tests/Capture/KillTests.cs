using EventSourcing.PostgresCdc.Tests.Support;
using EventSourcing.TestKit;
using EventSourcing.TestKit.Kafka;

namespace EventSourcing.PostgresCdc.Tests.Capture;

/// <summary>The service, and the server, killed under load: the topic folds to the table, row for row, numbers without gaps, second copies marked.</summary>
public sealed class KillTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static bool IsPossible => Requires.Postgres && Requires.Pgbench && Requires.Psql;

    [Fact(Skip = Requires.PgbenchReason, SkipUnless = nameof(IsPossible), SkipType = typeof(KillTests))]
    public async Task ServiceKilled_EveryFewSeconds_TopicFoldsToTable()
    {
        await using var rig = await Rig.StartAsync(Stop);
        await Accounts.CreateAsync(rig, Stop);
        await using var load = Accounts.StartLoad(rig, seconds: 600, rate: 200);
        for (var kill = 0; kill < 6; kill++)
        {
            await using var service = CdcProcess.Start(rig, [Accounts.Table]);
            await CdcProcess.HasAsync(rig, service, Accounts.Table, await CdcProcess.CountAsync(rig, Accounts.Table) + 250, Stop);
            await service.KillAsync();
        }

        await load.KillAsync();
        await using var last = CdcProcess.Start(rig, [Accounts.Table]);
        var records = await Accounts.AssertFoldsToTableAsync(rig, Stop);

        ChangeRecord.AssertDense(records);
        var copies = records.Count - records.DistinctBy(record => record.Record.Id).Count();
        TestContext.Current.TestOutputHelper?.WriteLine($"{records.Count} records, {copies} copies, {records.Count(record => record.Record.IsMarked)} marked");
    }

    [Fact(Skip = Requires.PgbenchReason, SkipUnless = nameof(IsPossible), SkipType = typeof(KillTests))]
    public async Task ServerKilled_UnderLoad_TopicFoldsToTable()
    {
        await using var rig = await Rig.StartAsync(Stop);
        await Accounts.CreateAsync(rig, Stop);
        await using var service = await rig.StartCdcAsync([Accounts.Table], Stop);
        for (var kill = 0; kill < 3; kill++)
        {
            await using var load = Accounts.StartLoad(rig, seconds: 60, rate: 300);
            var target = await CdcProcess.CountAsync(rig, Accounts.Table) + 500;
            await Eventually.TrueAsync(async _ => await CdcProcess.CountAsync(rig, Accounts.Table) >= target, $"{target} records", stop: Stop);
            await rig.Postgres.KillAsync();
            await rig.Postgres.StartAgainAsync(Stop);
        }

        var records = await Accounts.AssertFoldsToTableAsync(rig, Stop);

        ChangeRecord.AssertDense(records);
        Assert.DoesNotContain(records, record => record.Op == "t");
    }

    [Fact(Skip = Requires.PostgresReason, SkipUnless = nameof(Requires.Postgres), SkipType = typeof(Requires))]
    public async Task OversizedChange_WhoseDeadLetterAKillMayHaveLost_IsKeptAgain()
    {
        (string, string?)[] patient = [("Cdc:Partitions", "1"), ("Cdc:PositionInterval", "00:01:00")];
        await using var rig = await Rig.StartAsync(Stop);
        await Accounts.CreateAsync(rig, Stop);
        await using (await rig.StartCdcAsync([Accounts.Table], Stop, ("Cdc:Partitions", "1")))
            await rig.ReadAsync(Accounts.Table, 300, Stop);
        await using (var service = CdcProcess.Start(rig, [Accounts.Table], patient))
        {
            await rig.SqlAsync("INSERT INTO account VALUES (1000, 1, repeat('x', 2000000)); INSERT INTO account VALUES (1001, 1, 'behind it')", Stop);
            await CdcProcess.HasAsync(rig, service, Accounts.Table, 301, Stop);
            await DeadLettersAsync(rig, 1);
            await service.KillAsync();
        }

        await using var again = CdcProcess.Start(rig, [Accounts.Table], patient);
        var letters = await DeadLettersAsync(rig, 2);

        Assert.Single(letters.Select(letter => letter.Header("ce_subject")).Distinct());
        Assert.Single(letters, letter => letter.IsMarked);
        Assert.Equal(301, await CdcProcess.CountAsync(rig, Accounts.Table));
    }

    private static Task<IReadOnlyList<TopicRecord>> DeadLettersAsync(Rig rig, int count) => Eventually.ValueAsync(
        _ => TopicLog.ReadAsync(rig.Kafka.BootstrapServers, "dead-letters"), records => records.Count == count, $"{count} dead letters", stop: Stop);
}
