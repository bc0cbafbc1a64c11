using Amqp;
using Amqp.Framing;
using Amqp.Types;

namespace EventSourcing.LocalMq.Links;

/// <summary>Changes of an encoded message that leave every other byte as the sender wrote it (AMQP 1.0 §3.2).</summary>
internal static class MessageBytes
{
    private const byte Described = 0x00;
    private const byte SmallUlong = 0x53;
    private const byte Ulong = 0x80;
    private const byte HeaderCode = 0x70;
    private const byte EmptyList = 0x45;
    private const byte List8 = 0xC0;
    private const byte List32 = 0xD0;

    /// <summary>The message with the header of this delivery: <c>durable</c>, <c>first-acquirer</c>, <c>delivery-count</c>.</summary>
    public static ByteBuffer WithDelivery(byte[] message, uint deliveryCount, bool wasDelivered)
    {
        var headerLength = HeaderLength(message);
        var header = headerLength == 0 ? new Header() : Decode(message.AsSpan(0, headerLength)).Header;
        header.Durable = true;
        header.DeliveryCount = deliveryCount;
        header.FirstAcquirer = !wasDelivered;
        using var section = new Message { Header = header };
        var encoded = ToArray(section.Encode());              // the library adds a body: only the header is taken
        var newLength = HeaderLength(encoded);
        var buffer = new ByteBuffer(newLength + message.Length - headerLength, autoGrow: true);
        AmqpBitConverter.WriteBytes(buffer, encoded, 0, newLength);
        AmqpBitConverter.WriteBytes(buffer, message, headerLength, message.Length - headerLength);
        return buffer;
    }

    /// <summary>The message with the reason of its rejection in two message annotations.</summary>
    public static byte[] WithReason(byte[] message, string? condition, string? description)
    {
        using var decoded = Decode(message);
        decoded.MessageAnnotations ??= new MessageAnnotations();
        decoded.MessageAnnotations[new Symbol("x-opt-rejected-condition")] = condition;
        decoded.MessageAnnotations[new Symbol("x-opt-rejected-description")] = description;
        return ToArray(decoded.Encode());
    }

    /// <summary>Why the bytes are no message; null when they are one.</summary>
    public static string? FindError(byte[] message)
    {
        try
        {
            using var decoded = Decode(message);
            return decoded.BodySection is null ? "The message has no body." : null;
        }
        catch (Exception malformed) when (malformed is AmqpException or ArgumentException or InvalidCastException or InvalidOperationException
            or IndexOutOfRangeException or NullReferenceException or OverflowException or OutOfMemoryException)
        {
            return malformed.Message;
        }
    }

    /// <summary>A copy of what a buffer holds.</summary>
    public static byte[] ToArray(ByteBuffer buffer) => buffer.Buffer.AsSpan(buffer.Offset, buffer.Length).ToArray();

    private static Message Decode(ReadOnlySpan<byte> bytes)
    {
        var copy = bytes.ToArray();
        return Message.Decode(new ByteBuffer(copy, 0, copy.Length, copy.Length));
    }

    private static int HeaderLength(ReadOnlySpan<byte> message)
    {
        int body;
        if (message is [Described, SmallUlong, HeaderCode, ..])
            body = 3;
        else if (message is [Described, Ulong, 0, 0, 0, 0, 0, 0, 0, HeaderCode, ..])
            body = 10;
        else
            return 0;
        return message[body] switch
        {
            EmptyList => body + 1,
            List8 => body + 2 + message[body + 1],
            List32 => body + 5 + System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(message[(body + 1)..]),
            var other => throw new InvalidDataException($"The message's header is no list (0x{other:x2})."),
        };
    }
}
