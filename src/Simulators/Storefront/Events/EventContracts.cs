using System.Text.Json.Serialization;

namespace EventSourcing.Storefront.Events;

/// <summary>Data of <c>io.eventsourcing.web.page-view.v1</c>, as its owner publishes it under <c>/schemas</c>.</summary>
internal sealed record PageView(string SessionId, string Url, string? Referrer = null);

/// <summary>Data of <c>io.eventsourcing.web.click.v1</c>.</summary>
internal sealed record Click(string SessionId, string Url, string Element, IReadOnlyDictionary<string, string>? Attributes = null);

/// <summary>Data of <c>io.eventsourcing.web.custom.v1</c>.</summary>
internal sealed record CustomEvent(string SessionId, string Url, string Name, IReadOnlyDictionary<string, string>? Data = null);

/// <summary>How the data are written.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(PageView))]
[JsonSerializable(typeof(Click))]
[JsonSerializable(typeof(CustomEvent))]
internal sealed partial class EventJson : JsonSerializerContext;
