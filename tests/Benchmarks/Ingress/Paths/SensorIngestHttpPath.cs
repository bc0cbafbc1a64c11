using EventSourcing.Benchmarks.Brokers;

namespace EventSourcing.Benchmarks.Ingress.Paths;

/// <summary>Plain readings, one of a request.</summary>
internal class SensorIngestHttpPath : HttpPath
{
    public override string Topic => "sensor-readings";

    public override int Lanes => 128;

    protected override ServiceDefinition Definition => new("SensorIngest") { Settings = { ["Mqtt__Enabled"] = "false" } };

    public override async Task StartAsync(BrokerUnderLoad broker, CancellationToken stop)
    {
        await base.StartAsync(broker, stop);
        foreach (var body in Pumps.Registrations())
        {
            using var request = Post("assets", "application/json", body);
            await SendAsync(request, stop);
        }
    }

    public override int NumberOf(ReadOnlySpan<byte> value) => Pumps.NumberIn(value);

    protected override HttpRequestMessage Request(int lane, int first, int count) => Post("readings", "application/json", Pumps.Reading.Bytes(first));
}
