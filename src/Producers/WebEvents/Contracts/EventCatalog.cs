using System.Collections.Frozen;
using EventSourcing.WebEvents.Options;
using Microsoft.Extensions.Options;

namespace EventSourcing.WebEvents.Contracts;

/// <summary>The event types this service takes, each with its contract.</summary>
internal sealed class EventCatalog
{
    private readonly FrozenDictionary<string, DataContract> _contracts;

    public EventCatalog(IOptions<CollectorOptions> options)
    {
        var schemas = options.Value.SchemaBaseUri;
        _contracts = new DataContract[]
        {
            new(WebEventTypes.PageView, WebEventsJson.Default.PageView, schemas),
            new(WebEventTypes.Click, WebEventsJson.Default.Click, schemas),
            new(WebEventTypes.Custom, WebEventsJson.Default.CustomEvent, schemas),
        }.ToFrozenDictionary(contract => contract.EventType, StringComparer.Ordinal);
        KnownTypes = string.Join(", ", _contracts.Keys.Order(StringComparer.Ordinal));
    }

    /// <summary>All types, for error messages.</summary>
    public string KnownTypes { get; }

    /// <summary>All contracts.</summary>
    public IEnumerable<DataContract> Contracts => _contracts.Values;

    /// <summary>The contract of <paramref name="eventType"/>; null when this service does not take it.</summary>
    public DataContract? Find(string? eventType) => eventType is null ? null : _contracts.GetValueOrDefault(eventType);
}
