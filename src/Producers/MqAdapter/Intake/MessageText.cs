using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Amqp;

namespace EventSourcing.MqAdapter.Intake;

/// <summary>What a message's sections say, as text.</summary>
internal static class MessageText
{
    private const int FirstAcquirerField = 3;
    private const int GroupSequenceField = 11;
    private const int LongestId = 200;

    /// <summary>The message id, whichever of its four types it has (AMQP 1.0 §3.2.4); null when there is none.</summary>
    public static string? MessageId(Message message) => IdOf(message.Properties?.GetMessageId());

    /// <summary>The correlation id; null when there is none.</summary>
    public static string? CorrelationId(Message message) => IdOf(message.Properties?.GetCorrelationId());

    /// <summary>The group's sequence number; null when there is none.</summary>
    public static uint? GroupSequence(Message message) =>
        message.Properties is { } properties && properties.HasField(GroupSequenceField) ? properties.GroupSequence : null;

    /// <summary>An application property that is a string; null otherwise.</summary>
    public static string? Property(Message message, string name) =>
        message.ApplicationProperties is { } properties && properties.Map.TryGetValue(name, out var value) ? value as string : null;

    /// <summary>
    /// The broker says that somebody had it before: deliveries have failed, or it says outright that this is not the first acquirer. A header
    /// without that field says nothing, although its default value is false.
    /// </summary>
    public static bool IsRedelivered(Message message) =>
        message.Header is { } header && (header.DeliveryCount > 0 || (header.HasField(FirstAcquirerField) && !header.FirstAcquirer));

    /// <summary>An id for a message that has none: the same queue and content give the same.</summary>
    public static string Digest(string queue, ReadOnlySpan<byte> body)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes(queue));
        hash.AppendData([0]);
        hash.AppendData(body);
        return $"sha256-{Convert.ToHexStringLower(hash.GetHashAndReset())}";
    }

    private static string? IdOf(object? id) => id switch
    {
        null or "" => null,
        string text => text.Length <= LongestId && !text.Any(char.IsControl) ? text : Digest("", Encoding.UTF8.GetBytes(text)),
        Guid guid => guid.ToString(),
        byte[] bytes => bytes.Length * 2 <= LongestId ? Convert.ToHexStringLower(bytes) : Digest("", bytes),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        var other => other.ToString(),
    };
}
