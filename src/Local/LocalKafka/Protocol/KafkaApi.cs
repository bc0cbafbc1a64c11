namespace EventSourcing.LocalKafka.Protocol;

/// <summary>One request type: the versions it is served in and what it does.</summary>
internal abstract class KafkaApi
{
    public abstract ApiKey Key { get; }

    public abstract VersionRange Versions { get; }

    /// <summary>Lowest version named in ApiVersions; lower than served only where a client insists on seeing it.</summary>
    public virtual short AdvertisedMinimum => Versions.Minimum;

    /// <summary>Whether responses of flexible versions carry tagged fields in their header; ApiVersions alone does not.</summary>
    public virtual bool HasFlexibleResponseHeader => true;

    /// <summary>Reads the request's body and writes the response's; <paramref name="stop"/> ends a wait, not work that was begun: the broker stops, or the client has gone.</summary>
    public abstract ValueTask HandleAsync(KafkaRequest request, CancellationToken stop);
}
