using System.Collections.Frozen;

namespace EventSourcing.HttpIntake;

/// <summary>The event types a service takes, each with its contract.</summary>
public sealed class EventCatalog
{
    private readonly FrozenDictionary<string, DataContract> _contracts;

    /// <summary>A catalogue of these contracts.</summary>
    public EventCatalog(params IEnumerable<DataContract> contracts)
    {
        _contracts = contracts.ToFrozenDictionary(contract => contract.EventType, StringComparer.Ordinal);
        KnownTypes = string.Join(", ", _contracts.Keys.Order(StringComparer.Ordinal));
    }

    /// <summary>All types, for error messages.</summary>
    public string KnownTypes { get; }

    /// <summary>All contracts.</summary>
    public IEnumerable<DataContract> Contracts => _contracts.Values;

    /// <summary>The contract of <paramref name="eventType"/>; null when the service does not take it.</summary>
    public DataContract? Find(string? eventType) => eventType is null ? null : _contracts.GetValueOrDefault(eventType);
}
