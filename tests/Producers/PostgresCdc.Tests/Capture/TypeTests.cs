using System.Text.Json;
using EventSourcing.PostgresCdc.Tests.Support;
using EventSourcing.TestKit;

namespace EventSourcing.PostgresCdc.Tests.Capture;

/// <summary>Every column type of a realistic schema, the same by snapshot and by log.</summary>
public sealed class TypeTests
{
    private const string Schema = """
        CREATE TYPE mood AS ENUM ('fine', 'so "so"');
        CREATE DOMAIN cents AS bigint CHECK (value >= 0);
        CREATE TABLE everything (
            id uuid PRIMARY KEY, i2 smallint, i8 bigint, price numeric(30,10), anynum numeric, r real, d double precision, ok boolean, t text, c char(5),
            v varchar(20), b bytea, j json, jb jsonb, dt date, ti time, ts timestamp, tz timestamptz, iv interval, m mood, ms mood[], ints int[], grid int[], texts text[], tzs timestamptz[],
            nums numeric[], dom cents, doms cents[], ip inet, rng int4range, nothing text, twice bigint GENERATED ALWAYS AS (i2 * 2) STORED);
        """;

    private const string Row = """
        INSERT INTO everything VALUES ('#', -32768, 9223372036854775807, 12345678901234567890.0123456789, 'NaN', 1.5e-10, 'Infinity', true, E'tab\t"quote" \\ äöü 漢 😀', 'ab',
            'varchar', '\x00ff10', '{"a": 1,  "a": 2}', '{"b":[1,null]}', '2026-03-01', '09:30:00.5', '2026-03-01 09:30:00.123456', '2026-03-01 10:30:00+01', '1 year 2 days 03:04:05',
            'so "so"', ARRAY['fine','so "so"']::mood[], '{1,NULL,3}', '{{1,2},{3,4}}', ARRAY['a,b', 'q"q', E'back\\slash', NULL, 'NULL', ''], ARRAY['2026-03-01 10:30:00+01'::timestamptz],
            '{1.50,NaN}', 7, ARRAY[1,2]::cents[], '10.0.0.1/8', '[1,5)', NULL);
        """;

    private const string Expected = """
        {"id":"#","i2":-32768,"i8":9223372036854775807,"price":"12345678901234567890.0123456789","anynum":"NaN","r":1.5e-10,"d":"Infinity","ok":true,"t":"tab\t\"quote\" \\ äöü 漢 😀","c":"ab   ","v":"varchar","b":"AP8Q","j":"{\"a\": 1,  \"a\": 2}","jb":"{\"b\": [1, null]}","dt":"2026-03-01","ti":"09:30:00.5","ts":"2026-03-01T09:30:00.123456","tz":"2026-03-01T09:30:00Z","iv":"P1Y2DT3H4M5S","m":"so \"so\"","ms":["fine","so \"so\""],"ints":[1,null,3],"grid":[[1,2],[3,4]],"texts":["a,b","q\"q","back\\slash",null,"NULL",""],"tzs":["2026-03-01T09:30:00Z"],"nums":["1.50","NaN"],"dom":7,"doms":[1,2],"ip":"10.0.0.1/8","rng":"[1,5)","nothing":null}
        """;

    private static readonly string[] Ids = [.. Enumerable.Range(1, 3).Select(static number => $"00000000-0000-0000-0000-00000000000{number}")];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact(Skip = Requires.PostgresReason, SkipUnless = nameof(Requires.Postgres), SkipType = typeof(Requires))]
    public async Task EveryType_ReadsTheSame_FromSnapshotAndLog()
    {
        await using var rig = await Rig.StartAsync(Stop);
        await rig.SqlAsync(Schema + Row.Replace("#", Ids[0], StringComparison.Ordinal), Stop);
        await using var cdc = await rig.StartCdcAsync(["everything"], Stop);

        await rig.SqlAsync("SET TimeZone = 'Asia/Tokyo'; SET DateStyle = 'German';" + Row.Replace("'2026-03-01'", "'2026-03-01'::date", StringComparison.Ordinal).Replace("#", Ids[1], StringComparison.Ordinal), Stop);
        var records = await rig.ReadAsync("everything", 2, Stop);

        Assert.Equal(["r", "c"], records.Select(record => record.Op));
        for (var i = 0; i < 2; i++)
            AssertSame(Expected.Replace("#", Ids[i], StringComparison.Ordinal), records[i].After!.Value);
    }

    [Fact(Skip = Requires.PostgresReason, SkipUnless = nameof(Requires.Postgres), SkipType = typeof(Requires))]
    public async Task UnchangedToast_IsMergedFromTheOldRow_OrSaysThatItIsNotAvailable()
    {
        await using var rig = await Rig.StartAsync(Stop);
        await rig.SqlAsync(
            """
            CREATE TABLE whole (id int PRIMARY KEY, n int, big text); ALTER TABLE whole REPLICA IDENTITY FULL; ALTER TABLE whole ALTER big SET STORAGE EXTERNAL;
            CREATE TABLE part (LIKE whole INCLUDING ALL);
            INSERT INTO whole VALUES (1, 1, repeat('x', 20000)); INSERT INTO part SELECT * FROM whole
            """,
            Stop);
        await using var cdc = await rig.StartCdcAsync(["whole", "part"], Stop);

        await rig.SqlAsync("UPDATE whole SET n = 2; UPDATE part SET n = 2; DELETE FROM whole", Stop);
        var whole = await rig.ReadAsync("whole", 4, Stop);
        var part = await rig.ReadAsync("part", 2, Stop);

        Assert.Equal(new string('x', 20_000), whole[1].After!.Value.GetProperty("big").GetString());
        Assert.Equal((1, 2), (whole[1].Before!.Value.GetProperty("n").GetInt32(), whole[1].After!.Value.GetProperty("n").GetInt32()));
        Assert.Equal(20_000, whole[2].Before!.Value.GetProperty("big").GetString()!.Length);
        Assert.Equal("""{"id":1}""", whole[2].Key);
        Assert.Equal("""{"id":1,"n":2,"big":"__debezium_unavailable_value"}""", part[1].After!.Value.GetRawText());
    }

    [Fact(Skip = Requires.PostgresReason, SkipUnless = nameof(Requires.Postgres), SkipType = typeof(Requires))]
    public async Task SchemaChange_Truncate_KeyChange_AndATableWithoutKey()
    {
        await using var rig = await Rig.StartAsync(Stop);
        await rig.SqlAsync("CREATE TABLE part (id int PRIMARY KEY, name text); CREATE TABLE loose (n int)", Stop);
        await using var cdc = await rig.StartCdcAsync(["part", "loose"], Stop);

        await rig.SqlAsync(
            """
            INSERT INTO part VALUES (1, 'a');
            CREATE TYPE size AS ENUM ('s', 'l'); ALTER TABLE part ADD sizes size[], DROP name;
            INSERT INTO part VALUES (2, '{s,l}'); UPDATE part SET id = 3 WHERE id = 2;
            INSERT INTO loose VALUES (1), (1); TRUNCATE part, loose
            """,
            Stop);
        var part = await rig.ReadAsync("part", 6, Stop);
        var loose = await rig.ReadAsync("loose", 3, Stop);

        Assert.Equal(["c", "c", "d", null, "c", "t"], part.Select(record => record.Op));
        Assert.Equal("""{"id":1,"name":"a"}""", part[0].After!.Value.GetRawText());
        Assert.Equal("""{"id":2,"sizes":["s","l"]}""", part[1].After!.Value.GetRawText());
        Assert.Equal(["""{"id":2}""", """{"id":3}"""], [part[2].Key, part[4].Key]);
        Assert.Equal(["c", "c", "t"], loose.Select(record => record.Op));
        Assert.All(loose, record => Assert.Equal("public.loose", record.Key));
        Assert.Equal(part[5].Json!.Value.GetProperty("transaction").GetProperty("id").GetString(), loose[2].Json!.Value.GetProperty("transaction").GetProperty("id").GetString());
    }

    private static void AssertSame(string expected, JsonElement actual) =>
        Assert.Equal(JsonSerializer.Serialize(JsonDocument.Parse(expected).RootElement), JsonSerializer.Serialize(actual));
}
