using Amqp;
using Amqp.Framing;
using CsCheck;
using EventSourcing.LocalMq.Links;

namespace EventSourcing.LocalMq.Tests.Links;

/// <summary>Only the header changes; all else stays as the sender wrote it.</summary>
public sealed class MessageBytesTests
{
    [Fact]
    public void WithDelivery_ChangesTheHeaderOnly() => Gen.Select(Gen.Byte.Array, Gen.UInt, Gen.Bool, Gen.Bool, Gen.Byte).Sample((body, count, delivered, hasHeader, priority) =>
    {
        var sent = new Message
        {
            Header = hasHeader ? new Header { Priority = priority } : null,
            Properties = new Properties { MessageId = "id", CorrelationId = "c" },
            ApplicationProperties = new ApplicationProperties { Map = { ["n"] = 1 } },
            BodySection = new Data { Binary = body },
        };
        var bytes = MessageBytes.ToArray(sent.Encode());

        var delivered2 = Message.Decode(MessageBytes.WithDelivery(bytes, count, delivered));

        Assert.Equal((count, !delivered, true), (delivered2.Header.DeliveryCount, delivered2.Header.FirstAcquirer, delivered2.Header.Durable));
        Assert.Equal(hasHeader ? priority : 4, delivered2.Header.Priority);
        Assert.Equal(body, ((Data)delivered2.BodySection).Binary);
        Assert.Equal("id", delivered2.Properties.MessageId);
        Assert.Equal(1, delivered2.ApplicationProperties["n"]);
    });

    [Fact]
    public void FindError_NeverThrows_WhateverTheBytes() => Gen.Byte.Array[0, 200].Sample(bytes => MessageBytes.FindError(bytes) is null or { Length: > 0 }, iter: 20_000);
}
