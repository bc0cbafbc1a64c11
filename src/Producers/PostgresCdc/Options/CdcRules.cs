using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;
using Npgsql;

namespace EventSourcing.PostgresCdc.Options;

/// <summary>What annotations cannot say, every error at once with its path.</summary>
internal sealed partial class CdcRules(IConfiguration configuration) : IValidateOptions<CdcOptions>
{
    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, CdcOptions options)
    {
        var errors = ErrorsOf(options).ToList();
        for (var i = 0; i < options.Tables.Count; i++)
            errors.AddRange(ErrorsOf(options.Tables[i]).Select(error => $"Cdc:Tables:{i}: {error}"));
        for (var i = 0; i < options.OutboxRoutes.Count; i++)
            errors.AddRange(ErrorsOf(options.OutboxRoutes[i]).Select(error => $"Cdc:OutboxRoutes:{i}: {error}"));
        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }

    private IEnumerable<string> ErrorsOf(CdcOptions options)
    {
        if (FindConnectionError(options) is { } error)
            yield return $"ConnectionStrings:{options.Connection}: {error}";
        if (options.Tables.Count == 0 && options.OutboxRoutes.Count == 0)
            yield return "Cdc:Tables names no table, and Cdc:OutboxRoutes no aggregate type.";
        if (options.Tables.Exists(table => table.Outbox) && options.OutboxRoutes.Count == 0)
            yield return "Cdc:OutboxRoutes: there is an outbox, and no aggregate type has a topic.";
        foreach (var twice in options.Tables.GroupBy(table => TableName.Parse(table.Name).Topic("x")).Where(same => same.Count() > 1))
            yield return $"Cdc:Tables: '{twice.First().Name}' is there twice, or two names give one topic.";
        foreach (var twice in options.OutboxRoutes.GroupBy(route => route.AggregateType).Where(same => same.Count() > 1))
            yield return $"Cdc:OutboxRoutes: aggregate type '{twice.Key}' is there twice.";
    }

    private string? FindConnectionError(CdcOptions options)
    {
        try
        {
            return configuration.GetConnectionString(options.Connection) is not { Length: > 0 } text ? "missing"
                : string.IsNullOrEmpty(new NpgsqlConnectionStringBuilder(text).Database) ? "names no Database" : null;
        }
        catch (ArgumentException wrong)
        {
            return wrong.Message;
        }
    }

    private static IEnumerable<string> ErrorsOf(TableOptions table)
    {
        if (!Name().IsMatch(table.Name))
            yield return $"Name '{table.Name}' must be table or schema.table.";
        if ((table.SourceColumn is null) != (table.SequenceColumn is null))
            yield return "SourceColumn and SequenceColumn go together.";
        if (table.Outbox && table.Capture != CaptureMode.Log)
            yield return "an outbox is captured from the log.";
        if (table.Outbox && table.SourceColumn is not null)
            yield return "an outbox has no SourceColumn: its events are numbered by the table.";
        if ((table.Capture == CaptureMode.Polling) != (table.PollColumn is not null))
            yield return "PollColumn belongs to Capture=Polling, which needs it.";
    }

    private static IEnumerable<string> ErrorsOf(OutboxRouteOptions route)
    {
        if (route.AggregateType.Length == 0)
            yield return "AggregateType is missing.";
        if (!Topic().IsMatch(route.Topic))
            yield return $"Topic '{route.Topic}' must be 1 to 249 of [A-Za-z0-9._-].";
    }

    [GeneratedRegex(@"^[^.\s""][^.""]{0,62}(\.[^.\s""][^.""]{0,62})?$")]
    private static partial Regex Name();

    [GeneratedRegex("^[A-Za-z0-9._-]{1,249}$")]
    private static partial Regex Topic();
}
