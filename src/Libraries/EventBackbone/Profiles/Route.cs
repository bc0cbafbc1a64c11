namespace EventSourcing.EventBackbone;

/// <summary>
/// A named way onto one topic: the topic a service owns and the delivery profile it declares for it. Services keep their routes as
/// constants (<c>Routes.SensorReadings</c>); configuration <c>Backbone:Routes:&lt;Name&gt;</c> overrides the profile.
/// </summary>
/// <param name="Topic">The topic that this route produces to; its name is the route's name in configuration.</param>
/// <param name="Profile">The profile in code, before configuration.</param>
public sealed record Route(TopicDeclaration Topic, DeliveryProfile Profile)
{
    /// <summary>The route's name in configuration, telemetry and health: the topic's name.</summary>
    public string Name => Topic.Name;

    /// <summary>Topics that get a copy of every event in the same transaction; needs <see cref="Durability.Transactional"/>. Default none.</summary>
    public IReadOnlyList<TopicDeclaration> AdditionalTopics { get; init; } = [];

    /// <summary>All topics of the route, its own first.</summary>
    internal IEnumerable<TopicDeclaration> Topics => AdditionalTopics.Prepend(Topic);
}
