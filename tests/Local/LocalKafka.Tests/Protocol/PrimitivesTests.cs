using EventSourcing.LocalKafka.Protocol;

namespace EventSourcing.LocalKafka.Tests.Protocol;

public sealed class PrimitivesTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Primitives_WrittenAndRead_AreEqual(bool flexible)
    {
        using var writer = new KafkaWriter { Flexible = flexible };
        writer.WriteInt8(-5);
        writer.WriteBoolean(true);
        writer.WriteInt16(short.MinValue);
        writer.WriteInt32(int.MinValue);
        writer.WriteInt64(long.MaxValue);
        writer.WriteString("Grüße");
        writer.WriteNullableString(null);
        writer.WriteBytes([1, 2, 3]);
        writer.WriteArray([1, 2, 3], static (inner, value) => inner.WriteInt32(value));
        writer.WriteArrayLength(-1);
        writer.WriteTags();

        var reader = new KafkaReader();
        reader.Reset(writer.Written.ToArray());
        reader.Flexible = flexible;

        Assert.Equal(-5, reader.ReadInt8());
        Assert.True(reader.ReadBoolean());
        Assert.Equal(short.MinValue, reader.ReadInt16());
        Assert.Equal(int.MinValue, reader.ReadInt32());
        Assert.Equal(long.MaxValue, reader.ReadInt64());
        Assert.Equal("Grüße", reader.ReadString());
        Assert.Null(reader.ReadNullableString());
        Assert.Equal([1, 2, 3], reader.ReadBytes().ToArray());
        Assert.Equal([1, 2, 3], reader.ReadArray(static inner => inner.ReadInt32()));
        Assert.Null(reader.ReadNullableArray(static inner => inner.ReadInt32()));
        reader.SkipTags();
        Assert.Equal(0, reader.Remaining);
    }

    [Theory]
    [InlineData(0u, new byte[] { 0 })]
    [InlineData(127u, new byte[] { 0x7f })]
    [InlineData(128u, new byte[] { 0x80, 0x01 })]
    [InlineData(uint.MaxValue, new byte[] { 0xff, 0xff, 0xff, 0xff, 0x0f })]
    public void UnsignedVarint_HasTheBytesOfTheSpecification(uint value, byte[] bytes)
    {
        using var writer = new KafkaWriter();
        writer.WriteUnsignedVarint(value);
        var reader = new KafkaReader();
        reader.Reset(bytes);

        Assert.Equal(bytes, writer.Written.ToArray());
        Assert.Equal(value, reader.ReadUnsignedVarint());
    }

    [Theory]
    [InlineData(new byte[] { 0x7f, 0xff, 1, 2 }, false)]
    [InlineData(new byte[] { 0xff, 0xff, 0xff, 0xff, 0x0f }, true)]
    [InlineData(new byte[] { 0xff, 0xff, 0xff, 0xff, 0xff, 0xff }, true)]
    [InlineData(new byte[] { }, true)]
    public void String_LongerThanItsFrame_IsRefused(byte[] frame, bool flexible)
    {
        var reader = new KafkaReader();
        reader.Reset(frame);
        reader.Flexible = flexible;

        Assert.Throws<InvalidRequestException>(() => reader.ReadString());
    }

    [Fact]
    public void Array_WithMoreElementsThanBytes_IsRefusedBeforeAnythingIsAllocated()
    {
        var reader = new KafkaReader();
        reader.Reset(new byte[] { 0x7f, 0xff, 0xff, 0xff, 0, 0 });

        Assert.Throws<InvalidRequestException>(() => reader.ReadArray(static inner => inner.ReadInt8()));
    }
}
