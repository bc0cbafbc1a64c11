using System.Text;
using System.Text.Json;
using CloudNative.CloudEvents;
using CsCheck;

namespace EventSourcing.CloudEvents.Tests;

/// <summary>Random valid events: every attribute type, every kind of data, text from all of Unicode that CloudEvents permits.</summary>
internal static class EventGen
{
    private static readonly string[] ContentTypes =
    [
        "application/json", "application/json; charset=utf-8", "Application/JSON", "application/vnd.acme+json", "text/plain",
        "text/plain; charset=iso-8859-1", "text/xml", "application/octet-stream", "application/avro", "image/png",
    ];

    private static readonly string[] Sources =
    [
        "/pumps/HOU-01/7f3a9c", "#fragment", "https://cloudevents.io", "//authority/path", "urn:uuid:6e8bc430-9c3a-11d9-9669-0800200c9a66",
        "mailto:a@example.com", "?query=%C3%A4", "a/relative/path", "http://[::1]:8080/a?b=c&d=%22#e", "tag:example.com,2026:50%25",
    ];

    private static readonly string[] Schemas = ["https://cloudevents.io/dataschema", "urn:schema:1", "http://localhost:5080/schemas/a.b.c.v1?x=%20"];

    private static readonly Gen<Rune> Rune = Gen.OneOf(Gen.Int[0x20, 0x7E], Gen.Int[0xA0, 0x2FFF], Gen.Int[0x1F300, 0x1F6FF], Gen.Int[0x10_0000, 0x10_FFFD])
        .Select(static code => new Rune(code));

    /// <summary>Non-empty; blanks, quotes, percent signs and backslashes among the characters.</summary>
    public static readonly Gen<string> Text = Rune.Array[1, 20].Select(static runes => string.Concat(runes));

    public static readonly Gen<byte[]> Json = Gen.Recursive<string>(static (depth, inner) =>
    {
        var leaf = Gen.OneOf(
            Gen.OneOf("null", "true", "-0", "1e400", "[]", "{}", "\"\\ud83d\\ude00\""),
            Gen.Int.Select(static i => JsonSerializer.Serialize(i)),
            Text.Select(static t => JsonSerializer.Serialize(t)));
        return depth > 2 ? leaf : Gen.OneOf(
            leaf,
            inner.Array[0, 3].Select(static items => $"[{string.Join(", ", items)}]"),
            inner.Array[0, 3].Select(static items => $"{{{string.Join(",", items.Select(static (item, i) => $"\"m{i}\": {item}"))}}}"));
    }).Select(static text => Encoding.UTF8.GetBytes(text));

    private static readonly Gen<DateTimeOffset> Time = Gen.Select(
        Gen.Long[DateTime.MinValue.AddDays(1).Ticks, DateTime.MaxValue.AddDays(-1).Ticks], Gen.Int[-840, 840], Gen.OneOf(1L, 10L, 10_000L, 10_000_000L),
        static (ticks, minutes, precision) => new DateTimeOffset(ticks - (ticks % precision), TimeSpan.FromMinutes(minutes % 3 == 0 ? 0 : minutes)));

    private static readonly Gen<object?> Data = Gen.OneOf(
        Gen.Const((object?)null),
        Gen.Byte.Array[0, 50].Select(static bytes => (object?)bytes),
        Gen.Byte.Array[0, 50].Select(static bytes => (object?)new ReadOnlyMemory<byte>(bytes)),
        Json.Select(static bytes => (object?)bytes),
        Gen.OneOf("plain", "\"quoted\"", "  ").Select(static text => (object?)text));

    private static readonly Gen<(string Name, object Value)[]> Extensions = Gen.OneOf(
        Text.Select(static value => ("extstring", (object)value)),
        Gen.Int.Select(static value => ("extinteger", (object)value)),
        Gen.Bool.Select(static value => ("extboolean", (object)value)),
        Gen.Byte.Array[0, 20].Select(static value => ("extbinary", (object)value)),
        Time.Select(static value => ("exttimestamp", (object)value)),
        Gen.OneOf(Schemas).Select(static value => ("exturi", (object)new Uri(value))),
        Gen.OneOf(Sources).Select(static value => ("exturiref", (object)new Uri(value, UriKind.RelativeOrAbsolute))),
        Text.Select(static value => ("partitionkey", (object)value)),
        Gen.Long[1, 999_999_999_999].Select(static value => ("sequence", (object)EventAttributes.FormatSequence(value))),
        Time.Select(static value => ("recordedtime", (object)value)),
        Text.Select(static value => ("undeclared1", (object)value))).Array[0, 8];

    /// <summary>The extension attributes that readers of these events know.</summary>
    public static readonly IReadOnlyList<CloudEventAttribute> Known = [.. EventAttributes.All, .. Events.Extensions];

    public static readonly Gen<CloudEvent> Event = Gen.Select(
        Gen.Select(Text, Gen.OneOf(Sources), Text),
        Gen.Select(Gen.Null(Text), Gen.Nullable(Time), Gen.Null(Gen.OneOf(Schemas)), Gen.Null(Gen.OneOf(ContentTypes))),
        Data,
        Extensions,
        static (required, optional, data, extensions) => Build(required, optional, data, extensions));

    /// <summary>A fixed choice of such events, for tests over real connections.</summary>
    public static IReadOnlyList<CloudEvent> Some(int count) => Event.Array[count].Single(static _ => true, "bnnVxqzDgdk1");

    private static CloudEvent Build(
        (string Id, string Source, string Type) required,
        (string? Subject, DateTimeOffset? Time, string? DataSchema, string? ContentType) optional,
        object? data,
        (string Name, object Value)[] extensions)
    {
        var cloudEvent = new CloudEvent(CloudEventsSpecVersion.V1_0, Known)
        {
            Id = required.Id,
            Source = new Uri(required.Source, UriKind.RelativeOrAbsolute),
            Type = required.Type,
            Subject = optional.Subject,
            Time = optional.Time,
            DataSchema = optional.DataSchema is { } schema ? new Uri(schema) : null,
            DataContentType = optional.ContentType,
            Data = data,
        };
        foreach (var (name, value) in extensions)
            cloudEvent[name] = value;
        return cloudEvent;
    }
}
