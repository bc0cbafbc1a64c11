using EventSourcing.TestKit;
using EventSourcing.TestKit.Kafka;
using EventSourcing.TestKit.Processes;

namespace EventSourcing.PostgresCdc.Tests.Support;

/// <summary>A table under pgbench's load (inserts, updates, deletes, transactions of several), and its exact comparison with what its topic folds to.</summary>
internal static class Accounts
{
    public const string Table = "account";

    private const string Script = """
        \set id random(1, 400)
        \set other random(1, 400)
        \set op random(1, 10)
        \if :op <= 6
        INSERT INTO account VALUES (:id, 1, md5(random()::text)) ON CONFLICT (id) DO UPDATE SET n = account.n + 1, note = md5(random()::text);
        \elif :op <= 8
        DELETE FROM account WHERE id = :id;
        \else
        BEGIN;
        UPDATE account SET n = n + 1 WHERE id = least(:id, :other);
        UPDATE account SET n = n - 1 WHERE id = greatest(:id, :other) AND id <> :other;
        END;
        \endif
        """;

    public static Task<string> CreateAsync(Rig rig, CancellationToken stop) =>
        rig.SqlAsync("CREATE TABLE account (id int PRIMARY KEY, n int NOT NULL, note text NOT NULL); INSERT INTO account SELECT i, 0, md5(i::text) FROM generate_series(1, 300) i", stop);

    /// <summary>Starts pgbench for so long, at a rate.</summary>
    public static TestProcess StartLoad(Rig rig, int seconds, int rate)
    {
        var script = rig.Folder.File("load.sql");
        File.WriteAllText(script, Script);
        return TestProcess.Start(
            Tools.Need(Tools.Pgbench, Requires.PgbenchReason), ["-n", "-f", script, "-c", "4", "-T", $"{seconds}", "-R", $"{rate}", "--max-tries=10"],
            rig.Postgres.ClientEnvironment(rig.Database));
    }

    /// <summary>Waits until the topic folds to the table; returns the topic's records.</summary>
    public static async Task<IReadOnlyList<ChangeRecord>> AssertFoldsToTableAsync(Rig rig, CancellationToken stop)
    {
        IReadOnlyList<ChangeRecord> records = [];
        await Eventually.ValueAsync(
            async _ =>
            {
                records = ChangeRecord.Read(await TopicLog.ReadAsync(rig.Kafka.BootstrapServers, rig.Topic(Table)));
                var rows = await rig.SqlAsync("""SELECT '{"id":' || id || ',"n":' || n || ',"note":"' || note || '"}' FROM account""", stop);
                var table = rows.Length == 0 ? [] : rows.Split('\n');
                return table.Except(ChangeRecord.Fold(records).Values).Count() + ChangeRecord.Fold(records).Values.Except(table).Count();
            },
            static different => different == 0, "rows that differ between topic and table: none", TimeSpan.FromMinutes(2), stop);
        return records;
    }
}
