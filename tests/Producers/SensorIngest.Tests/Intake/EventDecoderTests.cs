using System.Text;
using CloudNative.CloudEvents;
using EventSourcing.CloudEvents;
using EventSourcing.EventBackbone;
using EventSourcing.SensorIngest.Contracts;
using EventSourcing.SensorIngest.Intake;
using Microsoft.Extensions.Time.Testing;

namespace EventSourcing.SensorIngest.Tests.Intake;

public sealed class EventDecoderTests
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 24, 8, 0, 0, TimeSpan.Zero));
    private readonly EventDecoder _decoder;

    public EventDecoderTests() => _decoder = new EventDecoder(_time);

    [Fact]
    public void PlainReading_OverMqtt_TakesTheDeviceFromTheTopicAndKeepsEveryDigit()
    {
        var decoded = _decoder.DecodePlainReading("""{"pressure":105.100,"current":-3.25}"""u8, "d1", possibleDuplicate: true);

        Assert.NotNull(decoded.Event);
        Assert.Equal("d1", decoded.Event.DeviceId);
        Assert.Equal("105.100", decoded.Event.Reading!.Pressure!.Value.ToString(System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal(_time.GetUtcNow(), decoded.Event.Envelope.Time);
        Assert.Equal("/devices/d1", decoded.Event.Identity.Source);
        Assert.True(decoded.Event.PossibleDuplicate);
    }

    [Fact]
    public void PlainReading_WithIdAndTime_KeepsThem()
    {
        var decoded = _decoder.DecodePlainReading("""{"deviceId":"d1","id":"n1","time":"2026-01-02T03:04:05Z","flowRate":1}"""u8, null, false);

        Assert.Equal("n1", decoded.Event!.Envelope.Id);
        Assert.Equal(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero), decoded.Event.Envelope.Time);
    }

    [Theory]
    [InlineData("", Refusals.MalformedType)]
    [InlineData("garbage", Refusals.MalformedType)]
    [InlineData("{\"pressure\":1", Refusals.MalformedType)]
    [InlineData("{\"pressure\":1}{}", Refusals.MalformedType)]
    [InlineData("{\"pressure\":NaN}", Refusals.MalformedType)]
    [InlineData("{\"pressure\":01}", Refusals.MalformedType)]
    [InlineData("null", Rejection.InvalidType)]
    [InlineData("[]", Rejection.InvalidType)]
    [InlineData("42", Rejection.InvalidType)]
    [InlineData("{}", Rejection.InvalidType)]
    [InlineData("{\"pressure\":\"NaN\"}", Rejection.InvalidType)]
    [InlineData("{\"pressure\":\"1\"}", Rejection.InvalidType)]
    [InlineData("{\"pressure\":true}", Rejection.InvalidType)]
    [InlineData("{\"pressure\":1e400}", Rejection.InvalidType)]
    [InlineData("{\"pressure\":1,\"pressure\":2}", Rejection.InvalidType)]
    [InlineData("{\"pressure\":1,\"humidity\":2}", Rejection.InvalidType)]
    [InlineData("{\"Pressure\":1}", Rejection.InvalidType)]
    [InlineData("{\"pressure\":-0.001}", Rejection.InvalidType)]
    [InlineData("{\"pressure\":100000.001}", Rejection.InvalidType)]
    [InlineData("{\"temperature\":-273.16}", Rejection.InvalidType)]
    [InlineData("{\"rotation\":361}", Rejection.InvalidType)]
    [InlineData("{\"pressure\":1,\"deviceId\":\"other\"}", Rejection.InvalidType)]
    [InlineData("{\"pressure\":1,\"id\":\"\"}", Rejection.InvalidType)]
    [InlineData("{\"pressure\":1,\"id\":\"a\\u0000b\"}", Rejection.InvalidType)]
    [InlineData("{\"pressure\":1,\"time\":\"yesterday\"}", Rejection.InvalidType)]
    public void PlainReading_Wrong_IsPoisonWithTheReason(string payload, string type)
    {
        var decoded = _decoder.DecodePlainReading(Encoding.UTF8.GetBytes(payload), "d1", possibleDuplicate: false);

        Assert.Null(decoded.Event);
        Assert.Equal(RejectionKind.Poison, decoded.Rejection!.Kind);
        Assert.Equal(type, decoded.Rejection.Type);
        Assert.DoesNotContain("EventSourcing.", decoded.Rejection.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void PlainReading_InvalidUtf8_IsMalformed()
    {
        var decoded = _decoder.DecodePlainReading([.. "{\"id\":\""u8, 0xff, .. "\",\"pressure\":1}"u8], "d1", possibleDuplicate: false);

        Assert.Equal(Refusals.MalformedType, decoded.Rejection!.Type);
    }

    [Theory]
    [InlineData("io.eventsourcing.web.click.v1", "000000000001", "application/json", """{"deviceId":"d1","pressure":1}""")]
    [InlineData(EventTypes.SensorReading, "1", "application/json", """{"deviceId":"d1","pressure":1}""")]
    [InlineData(EventTypes.SensorReading, "00000000000x", "application/json", """{"deviceId":"d1","pressure":1}""")]
    [InlineData(EventTypes.SensorReading, "000000000001", "application/jsonx", """{"deviceId":"d1","pressure":1}""")]
    [InlineData(EventTypes.SensorReading, "000000000001", "text/plain", """{"deviceId":"d1","pressure":1}""")]
    [InlineData(EventTypes.SensorReading, "000000000001", "application/json", """{"pressure":1}""")]
    [InlineData(EventTypes.SensorReading, "000000000001", "application/json", """{"deviceId":"d2","pressure":1}""")]
    [InlineData(EventTypes.SensorReading, "000000000001", "application/json", """{"deviceId":"d1","pressure":1,"asset":{"assetId":"a","name":"b"}}""")]
    public void CloudEvent_Wrong_IsPoison(string type, string sequence, string contentType, string data)
    {
        var cloudEvent = new CloudEvent(CloudEventsSpecVersion.V1_0, EventAttributes.All)
        {
            Id = "1",
            Source = new Uri("/pumps/d1/r", UriKind.Relative),
            Type = type,
            DataContentType = contentType,
            Data = Encoding.UTF8.GetBytes(data),
            [EventAttributes.Sequence] = sequence,
        };

        var decoded = EventDecoder.DecodeCloudEvent(cloudEvent, EventTypes.SensorReading, "d1", possibleDuplicate: false);

        Assert.Equal(RejectionKind.Poison, decoded.Rejection?.Kind);
    }

    [Theory]
    [InlineData("""{"assetId":"A1","name":"n","location":{"latitude":90.1,"longitude":0}}""")]
    [InlineData("""{"assetId":"A 1","name":"n"}""")]
    [InlineData("""{"assetId":"","name":"n"}""")]
    [InlineData("""{"assetId":"A1","name":""}""")]
    [InlineData("""{"assetId":"A1","name":null}""")]
    [InlineData("""{"assetId":"A1"}""")]
    [InlineData("""{"assetId":"A1","name":"n","riskRating":101}""")]
    [InlineData("""{"assetId":"A1","name":"n","deviceId":"d2"}""")]
    public void PlainAsset_Wrong_IsPoison(string payload) =>
        Assert.Equal(RejectionKind.Poison, _decoder.DecodePlainAsset(Encoding.UTF8.GetBytes(payload), "d1", possibleDuplicate: false).Rejection?.Kind);
}
