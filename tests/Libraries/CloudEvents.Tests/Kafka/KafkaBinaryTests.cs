using System.Text;
using CloudNative.CloudEvents;
using Confluent.Kafka;
using EventSourcing.CloudEvents.Kafka;

namespace EventSourcing.CloudEvents.Tests.Kafka;

public sealed class KafkaBinaryTests
{
    [Fact]
    public void Reading_Written_HasCanonicalHeadersKeyAndValue()
    {
        var reading = Events.Reading();

        var message = reading.ToKafkaMessage();

        Assert.Equal(
            [
                "ce_dataschema:http://localhost:5080/schemas/io.eventsourcing.sensor.reading.v1",
                "ce_id:0198a7c2-5b1f-7c3e-9f2a-6d1f0b6f1a2b",
                "ce_partitionkey:HOU-01",
                "ce_recordedtime:2026-11-24T08:15:30.250Z",
                "ce_sequence:000000000042",
                "ce_source:/pumps/HOU-01/7f3a9c",
                "ce_specversion:1.0",
                "ce_subject:HOU-01",
                "ce_time:2026-11-24T08:15:30.125Z",
                "ce_type:io.eventsourcing.sensor.reading.v1",
                "content-type:application/json",
            ],
            message.Headers.Select(static header => $"{header.Key}:{Encoding.UTF8.GetString(header.GetValueBytes())}").Order(StringComparer.Ordinal));
        Assert.Equal("HOU-01"u8.ToArray(), message.Key);
        Assert.Same(reading.Data, message.Value);
    }

    [Fact]
    public void EventWithoutData_Written_IsTombstoneAndReadWithoutData()
    {
        var message = Events.Golden("minimal").ToKafkaMessage();

        Assert.Null(message.Value);
        Assert.Null(message.ToCloudEvent().Data);
    }

    [Fact]
    public void EventWithEmptyData_Written_IsNoTombstone()
    {
        var message = Events.With(Events.Minimal("empty"), static e => e.Data = Array.Empty<byte>()).ToKafkaMessage();

        Assert.Equal([], message.Value!);
        Assert.Equal([], Assert.IsType<byte[]>(message.ToCloudEvent().Data));
    }

    [Fact]
    public void EventWithoutPartitionKey_Written_HasNoKey() => Assert.Null(Events.Golden("minimal").ToKafkaMessage().Key);

    [Fact]
    public void RecordWithForeignKey_Read_KeepsTheEventAsItWas()
    {
        var message = Events.Reading().ToKafkaMessage();
        message.Key = "another key"u8.ToArray();

        EventAssert.Equal(Events.Reading(), message.ToCloudEvent());
    }

    [Fact]
    public void RecordWithKeyOnly_Read_GainsNoPartitionKey()
    {
        var message = Events.Golden("minimal").ToKafkaMessage();
        message.Key = "outside"u8.ToArray();

        Assert.Null(message.ToCloudEvent()["partitionkey"]);
    }

    [Fact]
    public void HeaderWithoutValue_Read_IsAnAttributeNotSet()
    {
        var message = Events.Golden("minimal").ToKafkaMessage();
        message.Headers.Add("ce_subject", null);
        message.Headers.Add("content-type", null);

        EventAssert.Equal(Events.Golden("minimal"), message.ToCloudEvent());
    }

    [Fact]
    public void ForeignHeaders_Read_AreLeftOut()
    {
        var message = Events.Golden("minimal").ToKafkaMessage();
        message.Headers.Add("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"u8.ToArray());
        message.Headers.Add("redelivery", [0xFF, 0xFE]);

        EventAssert.Equal(Events.Golden("minimal"), message.ToCloudEvent());
    }

    [Fact]
    public void TextAndJsonData_Written_AreUtf8WithTheirContentType()
    {
        var text = Events.With(Events.Minimal("a"), static e => (e.DataContentType, e.Data) = ("text/plain", "Grüße")).ToKafkaMessage();
        var json = Events.With(Events.Minimal("b"), static e => e.Data = System.Text.Json.JsonDocument.Parse("{\"a\": 1}").RootElement).ToKafkaMessage();

        Assert.Equal("Grüße"u8.ToArray(), text.Value);
        Assert.Equal("{\"a\": 1}"u8.ToArray(), json.Value);
        Assert.Equal("application/json", json.ToCloudEvent().DataContentType);
    }

    [Fact]
    public void ObjectData_Written_IsRefusedWithAdvice()
    {
        var cloudEvent = Events.With(Events.Minimal("a"), static e => e.Data = new { Text = "x" });

        var refused = Assert.Throws<ArgumentException>(() => cloudEvent.ToKafkaMessage());

        Assert.Contains("SerializeToUtf8Bytes", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("id")]
    [InlineData("source")]
    [InlineData("type")]
    [InlineData("specversion")]
    public void RecordWithoutRequiredAttribute_Read_IsRefusedByName(string name)
    {
        var message = Events.Golden("minimal").ToKafkaMessage();
        message.Headers.Remove("ce_" + name);

        var refused = Assert.Throws<ArgumentException>(() => message.ToCloudEvent());

        Assert.Contains($"'{name}'", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void IncompleteEvent_Written_IsRefusedByName()
    {
        var refused = Assert.Throws<ArgumentException>(() => new CloudEvent { Id = "1", Type = "t" }.ToKafkaMessage());

        Assert.Contains("'source'", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void RecordWithoutHeaders_Read_IsRefused()
    {
        var message = new Message<byte[]?, byte[]?> { Value = "hello"u8.ToArray() };

        Assert.False(message.IsCloudEvent());
        Assert.Throws<ArgumentException>(() => message.ToCloudEvent());
    }
}
