using EventSourcing.SensorIngest.Options;

namespace EventSourcing.SensorIngest.Mqtt;

/// <summary>
/// Which lanes this replica takes: its share at once, and a lane beyond it when nobody has held that one for
/// <see cref="MqttSourceOptions.TakeoverAfter"/>. A lane once taken is kept until the stop. Not thread-safe.
/// </summary>
internal sealed class LaneChooser(MqttSourceOptions options, Func<int, Lane?> tryTake, TimeProvider time)
{
    private readonly HashSet<int> _held = [];
    private readonly Dictionary<int, long> _freeSince = [];

    /// <summary>The lanes that are this replica's from now on; to be asked again every second or so.</summary>
    public IReadOnlyList<Lane> Take()
    {
        var taken = new List<Lane>();
        foreach (var number in Candidates().Where(number => !_held.Contains(number)))
        {
            if (tryTake(number) is not { } lane)
                _freeSince.Remove(number);
            else if (IsMine(number))
                taken.Add(Hold(lane));
            else
                lane.Dispose();
        }

        return taken;
    }

    private IEnumerable<int> Candidates() => options.OnlyLanes.Length > 0 ? options.OnlyLanes : Enumerable.Range(0, options.Lanes);

    private bool IsMine(int number)
    {
        if (_held.Count < options.LanesPerReplica)
            return true;
        if (_freeSince.TryGetValue(number, out var since))
            return time.GetElapsedTime(since) >= options.TakeoverAfter;
        _freeSince[number] = time.GetTimestamp();
        return false;
    }

    private Lane Hold(Lane lane)
    {
        _held.Add(lane.Number);
        return lane;
    }
}
