using System.Text;
using System.Text.RegularExpressions;
using EventSourcing.MqAdapter.Decoding;
using Microsoft.Extensions.Options;

namespace EventSourcing.MqAdapter.Options;

/// <summary>What must hold of the queues, every error at once with its path.</summary>
internal sealed partial class QueueRules : IValidateOptions<MqOptions>
{
    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, MqOptions options)
    {
        List<string> errors = [];
        for (var i = 0; i < options.Queues.Count; i++)
            errors.AddRange(ErrorsOf(options.Queues[i]).Select(error => $"Mq:Queues:{i}: {error}"));
        errors.AddRange(options.Queues.GroupBy(queue => queue.Name).Where(same => same.Count() > 1).Select(same => $"Mq:Queues: '{same.Key}' is there twice."));
        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }

    private static IEnumerable<string> ErrorsOf(QueueOptions queue)
    {
        if (!Name().IsMatch(queue.Name))
            yield return $"Name '{queue.Name}' must be 1 to 100 of [A-Za-z0-9._-].";
        if (queue.EventType.Length is 0 or > 200)
            yield return "EventType must have 1 to 200 characters.";
        if (queue.KeyFrom == KeySource.Field && string.IsNullOrEmpty(queue.KeyField))
            yield return "KeyField is missing: KeyFrom is Field.";
        if (queue.Format == BodyFormat.Text && (queue.KeyFrom == KeySource.Field || queue.TimeField is not null))
            yield return "text has no fields: take the key from the correlation id or the group id, and leave TimeField out.";
        if (FindCharsetError(queue) is { } charset)
            yield return charset;
        foreach (var error in queue.Format == BodyFormat.Records ? LayoutErrors(queue) : [])
            yield return error;
    }

    private static string? FindCharsetError(QueueOptions queue)
    {
        try
        {
            var encoding = Charsets.Find(queue.Charset);
            return queue.Format == BodyFormat.Records && !encoding.IsSingleByte
                && !string.Equals(encoding.WebName, Encoding.UTF8.WebName, StringComparison.OrdinalIgnoreCase)
                ? $"Charset '{queue.Charset}' has several bytes per character; records need one of a single byte." : null;
        }
        catch (ArgumentException)
        {
            return $"Charset '{queue.Charset}' is not known: utf-8, us-ascii, iso-8859-1, IBM037, IBM1047 and further names of .NET are.";
        }
    }

    private static IEnumerable<string> LayoutErrors(QueueOptions queue)
    {
        if (queue.Fields.Count == 0)
            yield return "Fields is empty: name the fields of the copybook.";
        foreach (var field in queue.Fields)
        {
            if (string.IsNullOrWhiteSpace(field.Name))
                yield return "a field has no Name.";
            if (Picture.FindError(field.Picture, field.Usage) is { } error)
                yield return $"field '{field.Name}': {error}";
        }

        var named = queue.Fields.Where(field => field.Name != RecordLayout.Filler).Select(field => field.Name).ToArray();
        if (named.Distinct().Count() < named.Length)
            yield return "two fields have the same Name.";
        foreach (var (path, field) in new[] { ("KeyField", queue.KeyField), ("TimeField", queue.TimeField) })
        {
            if (field is not null && !named.Contains(field))
                yield return $"{path} '{field}' is no field of the record.";
        }
    }

    [GeneratedRegex("^[A-Za-z0-9._-]{1,100}$")]
    private static partial Regex Name();
}
