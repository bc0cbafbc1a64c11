namespace EventSourcing.TextConsumer;

/// <summary>A setting without which nothing can be read; the message is the original's.</summary>
internal sealed class MissingSettingException(string message) : Exception(message)
{
    public const string Topic = "Missing required topic name.";
    public const string Brokers = "Missing required bootstrap server address.";
}
