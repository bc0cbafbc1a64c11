using System.Buffers;

namespace EventSourcing.LocalKafka.Topics;

/// <summary>Kafka's rule for topic names: 1 to 249 of a-z, A-Z, 0-9, '.', '_' and '-', and neither "." nor "..".</summary>
internal static class TopicName
{
    private const int MaxLength = 249;
    private static readonly SearchValues<char> Allowed =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-");

    public static bool IsValid(string name) =>
        name.Length is > 0 and <= MaxLength && name is not ("." or "..") && !name.AsSpan().ContainsAnyExcept(Allowed);
}
