namespace EventSourcing.EventBackbone.Options;

/// <summary>What the service's code asked for, collected while the host is being built.</summary>
internal sealed class BackboneRegistration(string connectionName)
{
    public string ConnectionName { get; } = connectionName;

    /// <summary>The declared routes, the dead letters among them.</summary>
    public List<Route> Routes { get; } = [DeadLetter.Route];

    public void Add(IEnumerable<Route> routes)
    {
        foreach (var route in routes)
            if (!Routes.Exists(known => ReferenceEquals(known, route)))
                Routes.Add(route);
    }
}
