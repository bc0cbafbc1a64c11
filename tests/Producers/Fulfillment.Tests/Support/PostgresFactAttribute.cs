using System.Runtime.CompilerServices;
using EventSourcing.TestKit;

namespace EventSourcing.Fulfillment.Tests.Support;

/// <summary>A test that needs PostgreSQL, its psql, and kcat: skipped with the reason where they are missing, failed in CI.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PostgresFactAttribute : FactAttribute
{
    public PostgresFactAttribute([CallerFilePath] string? sourceFilePath = null, [CallerLineNumber] int sourceLineNumber = -1)
        : base(sourceFilePath, sourceLineNumber)
    {
        Skip = $"{Requires.PostgresReason}; {Requires.PsqlReason}; {Requires.KcatReason}";
        SkipType = typeof(PostgresFactAttribute);
        SkipUnless = nameof(IsPossible);
    }

    public static bool IsPossible => Requires.Postgres && Requires.Psql && Requires.Kcat;
}
