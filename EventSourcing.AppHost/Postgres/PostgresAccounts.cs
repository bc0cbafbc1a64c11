using System.Security.Cryptography;

namespace EventSourcing.AppHost.Postgres;

/// <summary>The databases of a run, each with an owner of the same name and one password that nobody else knows, unless it was given.</summary>
internal sealed class PostgresAccounts(IReadOnlyList<string> databases, string? password)
{
    private const int PasswordLength = 32;

    public string Password { get; } = password ?? RandomNumberGenerator.GetHexString(PasswordLength, lowercase: true);

    /// <summary>Writes the statements that create them, one per line; whoever may read the folder may read the password.</summary>
    public string WriteStatements(string folder)
    {
        var file = Path.Combine(folder, "init.sql");
        File.WriteAllLines(file, databases.SelectMany(Statements));
        return file;
    }

    /// <summary>What logs in to a database, in Npgsql's words.</summary>
    public string Login(string database) => $"Username={database};Password={Password};Database={database}";

    // REPLICATION: an outbox that is read from the log and change capture open replication slots.
    private IEnumerable<string> Statements(string database) =>
        [$"CREATE ROLE {database} LOGIN REPLICATION PASSWORD '{Password}';", $"CREATE DATABASE {database} OWNER {database};"];
}
