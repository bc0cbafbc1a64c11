using EventSourcing.PumpSimulator.Events;
using EventSourcing.PumpSimulator.Model;
using EventSourcing.PumpSimulator.Options;
using EventSourcing.PumpSimulator.Sending;

namespace EventSourcing.PumpSimulator.Fleet;

/// <summary>
/// Who replays what: every pump of the data file once per way. Over MQTT a device has the file's own name (<c>pump-419</c>), on the other ways
/// <c>pump-419-http</c> and <c>pump-419-kafka</c>, so that each device has one way and its events one order. The sites' own pumps register and
/// say nothing further.
/// </summary>
internal static class FleetPlan
{
    /// <summary>The devices and how fast each sends.</summary>
    public static IReadOnlyList<FleetMember> Make(
        PumpsOptions options, IReadOnlyDictionary<string, IReadOnlyList<PumpReading>> data, IReadOnlyList<PumpAsset> sites, string run, TimeProvider time)
    {
        (Way Way, double Share)[] ways = [(Way.Mqtt, options.MqttShare), (Way.Http, options.HttpShare), (Way.Kafka, options.DirectShare)];
        var total = ways.Sum(static way => way.Share);
        var members = new List<FleetMember>();
        if (total <= 0)
            return members;
        foreach (var (way, share) in ways.Where(static way => way.Share > 0))
        {
            var rate = options.RatePerSecond * share / total / data.Count;
            foreach (var (pump, readings) in data)
            {
                var site = sites[members.Count % sites.Count];
                var deviceId = way == Way.Mqtt ? pump : $"{pump}-{way.ToString().ToLowerInvariant()}";
                var device = new PumpDevice(deviceId, $"asset-{deviceId}", $"{pump} at {site.Id} ({way})", PumpDevice.LocationOf(site), run, way, time);
                members.Add(new FleetMember(device, way, rate, readings, null));
            }
        }

        var first = ways.First(static way => way.Share > 0).Way;
        members.AddRange(sites.Select(site => new FleetMember(PumpDevice.Of(site, run, first, time), first, 0, [], site)));
        return members;
    }
}

/// <summary>One device of the fleet.</summary>
/// <param name="Device">The device.</param>
/// <param name="Way">Its way.</param>
/// <param name="Rate">Readings per second.</param>
/// <param name="Readings">What it replays, in a loop; none: it only registers.</param>
/// <param name="Asset">What its registration tells about it; null for the least.</param>
internal sealed record FleetMember(PumpDevice Device, Way Way, double Rate, IReadOnlyList<PumpReading> Readings, PumpAsset? Asset);
