namespace EventSourcing.LocalKafka.Protocol;

/// <summary>A frame that does not follow the protocol; its connection is closed.</summary>
internal sealed class InvalidRequestException(string message) : Exception(message);
