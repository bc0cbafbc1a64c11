using System.Text;

namespace EventSourcing.EventBackbone.Consuming;

/// <summary>Puts consumed poison into the dead letters.</summary>
internal sealed class DeadLetterWriter(EventPublisher publisher, Uri source)
{
    /// <summary>Returns when the dead letter is accepted.</summary>
    /// <exception cref="InvalidOperationException">The dead letters refuse it for now; try again.</exception>
    public async Task WriteAsync(ReceivedEvent received, Rejection reason, CancellationToken stop)
    {
        var letter = Letter(received.Record, reason);
        var receipt = await publisher.PublishAsync(DeadLetter.Route, letter.ToCloudEvent(source), stop);
        if (receipt.Rejection is { Kind: RejectionKind.Poison } tooLarge)
            receipt = await publisher.PublishAsync(DeadLetter.Route, WithoutPayload(letter, tooLarge).ToCloudEvent(source), stop);
        if (receipt.Rejection is { } refused)
            throw new InvalidOperationException($"The dead letters did not accept {letter.Origin}: {refused.Detail}");
    }

    private static DeadLetter Letter(ConsumedRecord record, Rejection reason) => new(
        $"{record.Topic}/{record.Partition.Value}/{record.Offset.Value}",
        reason,
        record.Message.Value ?? ReadOnlyMemory<byte>.Empty,
        record.Message.Headers.TryGetLastBytes("content-type", out var contentType) && contentType is not null ? Encoding.UTF8.GetString(contentType) : null,
        record.Message.Key is { } key ? Encoding.UTF8.GetString(key) : null);

    private static DeadLetter WithoutPayload(DeadLetter letter, Rejection tooLarge) => letter with
    {
        Payload = ReadOnlyMemory<byte>.Empty,
        Rejection = letter.Rejection with { Detail = $"{letter.Rejection.Detail} (payload of {letter.Payload.Length} bytes left out: {tooLarge.Detail})" },
    };
}
