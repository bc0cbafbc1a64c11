namespace EventSourcing.LocalKafka.Groups;

/// <summary>An assignor a member offers, with the member's subscription in the form the assignor reads.</summary>
internal sealed record GroupProtocol(string Name, byte[] Metadata);
