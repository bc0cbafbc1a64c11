using System.Diagnostics;
using System.Globalization;
using EventSourcing.LocalKafka;
using EventSourcing.PostgresCdc.Tests.Support;
using EventSourcing.TestKit;
using EventSourcing.TestKit.Kafka;
using EventSourcing.TestKit.Processes;

namespace EventSourcing.PostgresCdc.Tests.Capture;

/// <summary>
/// The experiment of docs/change-capture.md: one table, written by eight clients, captured at once by the log, by a trigger, by polling its id and by polling its
/// time of update. Prints the table of what each one saw.
/// </summary>
public sealed class ComparisonTests
{
    private const string Load = """
        \set wait random(0, 30)
        BEGIN;
        INSERT INTO item (n) VALUES (0);
        \sleep :wait ms
        END;
        """;

    private static readonly (string Name, (string, string?)[] Settings)[] Ways =
    [
        ("log", []),
        ("trigger", [("Cdc:Tables:0:Capture", "Trigger")]),
        ("polling, id", [("Cdc:Tables:0:Capture", "Polling"), ("Cdc:Tables:0:PollColumn", "id")]),
        ("polling, updated_at", [("Cdc:Tables:0:Capture", "Polling"), ("Cdc:Tables:0:PollColumn", "updated_at")]),
    ];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static bool IsPossible => Requires.Postgres && Requires.Pgbench && Requires.Psql;

    [Fact(Skip = Requires.PgbenchReason, SkipUnless = nameof(IsPossible), SkipType = typeof(ComparisonTests))]
    public async Task EveryWay_OnTheSameTable_AtTheSameTime()
    {
        await using var rig = await Rig.StartAsync(Stop);
        await rig.SqlAsync("CREATE TABLE item (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, n int NOT NULL, updated_at timestamptz NOT NULL DEFAULT now())", Stop);
        var brokers = new List<LocalKafkaBroker>();
        for (var i = 0; i < Ways.Length; i++)
        {
            brokers.Add(await LocalKafkaBroker.StartAsync(stop: Stop));
            await rig.StartCdcAsync(["item"], Stop, [.. Ways[i].Settings, ("ConnectionStrings:kafka", brokers[i].BootstrapServers), ("Cdc:Slot", $"way_{i}")]);
        }

        var (plain, triggered) = (await TimeInsertsAsync(rig, ""), await TimeInsertsAsync(rig, "CREATE TRIGGER own AFTER INSERT ON timed FOR EACH ROW EXECUTE FUNCTION eventsourcing_cdc.log_change();"));
        var truth = await WriteAsync(rig);
        var seen = new List<Counts>();
        foreach (var broker in brokers)
            seen.Add(await CountAsync(rig, broker, truth, isComplete: seen.Count < 2));

        Print(truth, seen, plain, triggered);
        Assert.Equal([truth, truth], seen.Take(2));
        Assert.All(seen.Skip(2), polled => Assert.Equal(0, polled.Deletes));
        Assert.InRange(seen[2].Inserts, 1, truth.Inserts - 1);
        Assert.Equal(0, seen[2].Updates);
        Assert.InRange(seen[3].Updates, 0, truth.Updates - 1);
        foreach (var broker in brokers)
            await broker.DisposeAsync();
    }

    private static async Task<Counts> WriteAsync(Rig rig)
    {
        var script = rig.Folder.File("inserts.sql");
        await File.WriteAllTextAsync(script, Load, Stop);
        (await ProcessRunner.RunAsync(
            Tools.Need(Tools.Pgbench, Requires.PgbenchReason), ["-n", "-f", script, "-c", "8", "-T", "8"], environment: rig.Postgres.ClientEnvironment(rig.Database), stop: Stop)).EnsureSuccess();
        var inserts = int.Parse(await rig.SqlAsync("SELECT count(*) FROM item", Stop), CultureInfo.InvariantCulture);
        await rig.SqlAsync(string.Concat(Enumerable.Repeat("UPDATE item SET n = n + 1, updated_at = clock_timestamp() WHERE id % 10 = 0;", 5)), Stop);
        var updates = 5 * int.Parse(await rig.SqlAsync("SELECT count(*) FROM item WHERE id % 10 = 0", Stop), CultureInfo.InvariantCulture);
        var deletes = int.Parse(await rig.SqlAsync("WITH gone AS (DELETE FROM item WHERE id % 4 = 0 RETURNING 1) SELECT count(*) FROM gone", Stop), CultureInfo.InvariantCulture);
        await rig.SqlAsync("INSERT INTO item (n) VALUES (-1)", Stop);
        return new Counts(inserts, updates, deletes);
    }

    // All that a way will ever see has come when the last row has.
    private static async Task<Counts> CountAsync(Rig rig, LocalKafkaBroker broker, Counts truth, bool isComplete)
    {
        var records = ChangeRecord.Read(await Eventually.ValueAsync(
            _ => TopicLog.ReadAsync(broker.BootstrapServers, rig.Topic("item")),
            all => all.Any(record => record.Value?.Contains("\"n\":-1", StringComparison.Ordinal) == true)
                && (!isComplete || all.Count(IsDelete) >= truth.Deletes),
            "the last row", stop: Stop)).Where(record => record.After?.GetProperty("n").GetInt32() != -1).ToArray();
        return new Counts(
            records.Where(record => record.Op is "c" or "r" && record.After!.Value.GetProperty("n").GetInt32() >= 0).Select(record => record.Key).Distinct().Count(),
            records.Count(record => record.After?.GetProperty("n").GetInt32() > 0),
            records.Count(record => IsDelete(record.Record)));
    }

    private static bool IsDelete(TopicRecord record) => record.Value?.Contains("\"op\":\"d\"", StringComparison.Ordinal) == true;

    // A table that nobody captures: what the writer pays, not what the readers take.
    private static async Task<double> TimeInsertsAsync(Rig rig, string trigger)
    {
        await rig.SqlAsync($"DROP TABLE IF EXISTS timed; CREATE TABLE timed (LIKE item INCLUDING ALL); {trigger}", Stop);
        var clock = Stopwatch.StartNew();
        await rig.SqlAsync("INSERT INTO timed (n) SELECT 0 FROM generate_series(1, 50000)", Stop);
        return clock.Elapsed.TotalMilliseconds;
    }

    private static void Print(Counts truth, List<Counts> seen, double plain, double triggered)
    {
        var output = TestContext.Current.TestOutputHelper!;
        output.WriteLine("| way | inserts seen | updates seen | deletes seen |");
        output.WriteLine($"| (written) | {truth.Inserts} | {truth.Updates} | {truth.Deletes} |");
        for (var i = 0; i < seen.Count; i++)
            output.WriteLine($"| {Ways[i].Name} | {seen[i].Inserts} | {seen[i].Updates} | {seen[i].Deletes} |");
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"50,000 inserts: {plain:F0} ms without, {triggered:F0} ms with the trigger"));
    }

    private sealed record Counts(int Inserts, int Updates, int Deletes);
}
