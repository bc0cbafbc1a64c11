using System.Text.Json;
using Aspire.Hosting;
using Aspire.Hosting.Testing;
using Npgsql;

namespace EventSourcing.EndToEnd.Tests.Contract.Kinds;

/// <summary>Change capture: a legacy application inserts a row, and its COMMIT is the answer. A row that is too large for an event shows as a dead letter.</summary>
public sealed class PostgresCdcKind(DistributedApplication app) : ProducerKind(app)
{
    private const int TooLarge = 1_200_000;
    private const string Insert = "INSERT INTO stock_movements (terminal, movement_no, item, quantity, moved_at, traceparent) VALUES ($1, $2, $3, 1, now(), $4)";

    public override string Resource => "postgres-cdc";

    public override string Topic => "cdc.warehouse.public.stock_movements";

    public override string EventType => "io.eventsourcing.cdc.change.v1";

    public override bool TellsItsSender => false;

    public override IReadOnlyDictionary<string, string> NotApplicable { get; } = new Dictionary<string, string>
    {
        [ContractCases.Malformed] = "what the database has committed is well formed",
        [ContractCases.Unauthorised] = "who may write is the database's to grant",
    };

    protected override async Task<Answer> SendOnceAsync(Sample sample, CancellationToken stop)
    {
        try
        {
            var server = await App.GetConnectionStringAsync("postgres", stop);
            await using var connection = new NpgsqlConnection($"{server};Username=warehouse;Password={ContractTopology.DatabasePassword};Database=warehouse");
            await connection.OpenAsync(stop);
            await using var insert = new NpgsqlCommand(Insert, connection)
            {
                Parameters =
                {
                    new() { Value = sample.Key },
                    new() { Value = (long)sample.Number },
                    new() { Value = sample.Flaw == Flaw.TooLarge ? sample.Token + new string('x', TooLarge) : sample.Token },
                    new() { Value = (object?)sample.TraceParent ?? DBNull.Value },
                },
            };
            await insert.ExecuteNonQueryAsync(stop);
            return Answer.Accepted;
        }
        catch (PostgresException again) when (again.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            return Answer.Accepted;
        }
        catch (NpgsqlException failure)
        {
            return Answer.Later(failure.Message);
        }
    }

    public override string KeyOf(Sample sample) => $$"""{"terminal":"{{sample.Key}}","movement_no":{{sample.Number}}}""";

    public override void AssertData(Sample sample, JsonElement data)
    {
        Assert.Equal("c", data.GetProperty("op").GetString());
        Assert.Equal(JsonValueKind.Null, data.GetProperty("before").ValueKind);
        Assert.Equal(sample.Token, data.GetProperty("after").GetProperty("item").GetString());
    }
}
