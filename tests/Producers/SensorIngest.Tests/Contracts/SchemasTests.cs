using System.Text.Json;
using EventSourcing.SensorIngest.Contracts;
using EventSourcing.SensorIngest.Options;

namespace EventSourcing.SensorIngest.Tests.Contracts;

public sealed class SchemasTests
{
    private readonly Schemas _schemas = new(Microsoft.Extensions.Options.Options.Create(new HttpSourceOptions()));

    [Fact]
    public void Reading_Schema_StatesRangesAndForbidsUnknownMembers()
    {
        using var schema = JsonDocument.Parse(_schemas.Find(EventTypes.SensorReading)!);

        var pressure = schema.RootElement.GetProperty("properties").GetProperty("pressure");
        Assert.Equal(100_000, pressure.GetProperty("maximum").GetDecimal());
        Assert.False(schema.RootElement.GetProperty("additionalProperties").GetBoolean());
        Assert.Equal(_schemas.SensorReading.AbsoluteUri, schema.RootElement.GetProperty("$id").GetString());
    }

    [Fact]
    public void UnknownType_HasNoSchema() => Assert.Null(_schemas.Find("io.eventsourcing.web.click.v1"));
}
