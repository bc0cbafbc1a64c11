using EventSourcing.PostgresCdc.Tests.Support;
using EventSourcing.TestKit;

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
}
