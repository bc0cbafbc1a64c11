using EventSourcing.LocalKafka.Protocol;

namespace EventSourcing.LocalKafka.Groups;

/// <summary>The topics in a member's metadata, in the form that the consumer protocol gives it (version, topics, user data...).</summary>
internal static class ConsumerSubscription
{
    /// <summary>Null when the metadata is not of that form: nothing is known of what the member reads.</summary>
    public static IReadOnlyList<string>? Topics(byte[] metadata)
    {
        var reader = new KafkaReader();
        reader.Reset(metadata);
        try
        {
            reader.ReadInt16();
            return reader.ReadArray(static topic => topic.ReadString());
        }
        catch (InvalidRequestException)
        {
            return null;
        }
    }
}
