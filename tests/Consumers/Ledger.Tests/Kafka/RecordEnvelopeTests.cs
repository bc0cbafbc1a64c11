using System.Text;
using CloudNative.CloudEvents;
using Confluent.Kafka;
using EventSourcing.CloudEvents;
using EventSourcing.CloudEvents.Kafka;

namespace EventSourcing.Ledger.Tests.Kafka;

public class RecordEnvelopeTests
{
    [Fact]
    public void Event_InBinaryMode_IsReadFromItsHeaders()
    {
        var time = new DateTimeOffset(2026, 1, 1, 12, 0, 0, 125, TimeSpan.Zero);

        var envelope = RecordEnvelope.Read(Records.Event("/pumps/1", 42, marked: true, time: time, traceParent: "00-a-b-01"));

        Assert.True(envelope is { Source: "/pumps/1", Sequence: 42, Marked: true, Error: null, TraceParent: "00-a-b-01" });
        Assert.Equal(time, envelope.Time);
    }

    [Theory]
    [InlineData(ContentMode.Binary)]
    [InlineData(ContentMode.Structured)]
    public void Event_AsTheBindingWritesIt_IsRead(ContentMode mode)
    {
        var cloudEvent = new CloudEvent(CloudEventsSpecVersion.V1_0, EventAttributes.All)
        {
            Id = "1",
            Type = "io.eventsourcing.test.v1",
            Source = new Uri("/pumps/1", UriKind.Relative),
            Time = DateTimeOffset.UtcNow,
            DataContentType = "application/json",
            Data = "{}"u8.ToArray(),
        };
        cloudEvent[EventAttributes.Sequence] = EventAttributes.FormatSequence(7);

        var envelope = RecordEnvelope.Read(cloudEvent.ToKafkaMessage(mode));

        Assert.True(envelope is { Source: "/pumps/1", Sequence: 7, Error: null });
        Assert.Equal(cloudEvent.Time, envelope.Time);
    }

    [Theory]
    [InlineData("ce_id", "ce_id is missing or empty")]
    [InlineData("ce_source", "ce_source is missing or empty")]
    [InlineData("ce_type", "ce_type is missing or empty")]
    [InlineData("ce_specversion", "ce_specversion is missing")]
    public void Event_WithoutARequiredAttribute_IsInvalid(string header, string reason)
    {
        var message = Records.Event("/pumps/1", 1);
        message.Headers.Remove(header);

        Assert.Equal(reason, RecordEnvelope.Read(message).Error);
    }

    [Fact]
    public void Record_WithoutHeaders_IsNoCloudEvent() =>
        Assert.StartsWith("not a CloudEvent", RecordEnvelope.Read(new Message<byte[]?, byte[]?> { Value = "x"u8.ToArray() }).Error, StringComparison.Ordinal);

    [Theory]
    [InlineData("ce_time", "yesterday")]
    [InlineData("ce_time", "2026-01-01 12:00:00Z")]
    [InlineData("ce_specversion", "0.3")]
    public void Event_WithAMalformedAttribute_IsInvalid(string header, string value)
    {
        var message = Records.Event("/pumps/1", 1);
        message.Headers.Remove(header);

        Assert.NotNull(RecordEnvelope.Read(Records.Header(message, header, value)).Error);
    }

    [Theory]
    [InlineData("abc")]
    [InlineData("12x")]
    [InlineData("-5")]
    [InlineData("99999999999999999999")]
    public void Sequence_ThatIsNoNumber_IsNoneAndHarmless(string sequence)
    {
        var message = Records.Event("/pumps/1", 1);
        message.Headers.Remove("ce_sequence");

        var bench = new Bench().Read(Records.Header(message, "ce_sequence", sequence));

        Assert.Equal(1, bench.Report.Foreign.NotSequenced);
    }

    [Fact]
    public void Structured_ThatIsNoJson_IsInvalid()
    {
        var message = new Message<byte[]?, byte[]?> { Value = "{"u8.ToArray(), Headers = [] };
        message.Headers.Add("content-type", Encoding.UTF8.GetBytes("application/cloudevents+json; charset=UTF-8"));

        Assert.NotEmpty(RecordEnvelope.Read(message).Error!);
    }
}
