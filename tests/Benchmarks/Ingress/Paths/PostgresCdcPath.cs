using System.Globalization;
using EventSourcing.Benchmarks.Brokers;
using EventSourcing.TestKit.Postgres;
using Npgsql;

namespace EventSourcing.Benchmarks.Ingress.Paths;

/// <summary>Stock movements that terminals insert, 50 of a transaction. COMMIT is the sender's answer; what is not captured yet waits in the transaction log.</summary>
internal sealed class PostgresCdcPath : IngressPath
{
    private const string Database = "warehouse";
    private const string Insert = "INSERT INTO stock_movements (terminal, movement_no, item, quantity, moved_at) VALUES ($1, $2, $3, 1, now())";
    private const string Tables = """
        CREATE TABLE stock_levels (item text PRIMARY KEY, on_hand int NOT NULL, updated_at timestamptz NOT NULL);
        CREATE TABLE stock_movements (
            terminal text NOT NULL, movement_no bigint NOT NULL, item text NOT NULL, quantity int NOT NULL, moved_at timestamptz NOT NULL, traceparent text,
            PRIMARY KEY (terminal, movement_no));
        CREATE TABLE reservations (id uuid PRIMARY KEY, item text NOT NULL, quantity int NOT NULL, reserved_at timestamptz NOT NULL);
        """;

    private readonly List<NpgsqlConnection> _terminals = [];
    private readonly long[] _movements = new long[4];

    public override string Topic => "cdc.warehouse.public.stock_movements";

    public override int Lanes => _movements.Length;

    public override int AtOnce => 50;

    public override async Task StartAsync(BrokerUnderLoad broker, CancellationToken stop)
    {
        var postgres = Own(await PostgresServer.StartAsync([Database], stop));
        for (var i = 0; i < Lanes; i++)
        {
            _terminals.Add(Own(new NpgsqlConnection(postgres.ConnectionString(Database) + ";Pooling=false;Max Auto Prepare=10;Auto Prepare Min Usages=2")));
            await _terminals[i].OpenAsync(stop);
        }

        await using var tables = new NpgsqlCommand(Tables, _terminals[0]);
        await tables.ExecuteNonQueryAsync(stop);
        await StartServiceAsync(new ServiceDefinition("PostgresCdc") { Settings = { ["ConnectionStrings__warehouse"] = postgres.ConnectionString(Database) } }, broker, stop);
    }

    // A batch is one transaction.
    public override async Task SendAsync(int lane, int first, int count, CancellationToken stop)
    {
        await using var batch = new NpgsqlBatch(_terminals[lane]);
        for (var i = 0; i < count; i++)
        {
            batch.BatchCommands.Add(new NpgsqlBatchCommand(Insert)
            {
                Parameters =
                {
                    new NpgsqlParameter<string> { TypedValue = string.Create(CultureInfo.InvariantCulture, $"terminal-{lane}") },
                    new NpgsqlParameter<long> { TypedValue = ++_movements[lane] },
                    new NpgsqlParameter<string> { TypedValue = string.Create(CultureInfo.InvariantCulture, $"item-{first + i:D8}") },
                },
            });
        }

        await batch.ExecuteNonQueryAsync(stop);
    }

    public override int NumberOf(ReadOnlySpan<byte> value) => EventTemplate.NumberAfter(value, "\"item\":\"item-"u8);
}
