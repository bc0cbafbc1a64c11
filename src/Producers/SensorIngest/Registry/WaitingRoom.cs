using EventSourcing.SensorIngest.Contracts;
using EventSourcing.SensorIngest.Options;
using Microsoft.Extensions.Options;

namespace EventSourcing.SensorIngest.Registry;

/// <summary>
/// Holds readings of unknown devices, in order per device, until the device becomes known or the reading has waited long enough. Bounded by
/// <see cref="DeviceRegistryOptions.MaxWaiting"/>. Thread-safe; what it releases it releases under its lock, so that a device's later
/// readings cannot overtake.
/// </summary>
internal sealed class WaitingRoom(DeviceRegistry registry, RegistrationsUnderWay registrations, IOptions<DeviceRegistryOptions> options, TimeProvider time)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Queue<WaitingReading>> _devices = new(StringComparer.Ordinal);
    private readonly Dictionary<string, DateTimeOffset> _strangers = new(StringComparer.Ordinal);
    private volatile int _count;

    /// <summary>Readings waiting, count.</summary>
    public int Count => _count;

    /// <summary>
    /// The asset of a reading that may go on now; null when the reading now waits. <paramref name="refused"/> is set when there is no room.
    /// </summary>
    public AssetReference? Enter(string device, Func<TimeSpan, WaitingReading> waiting, out bool refused)
    {
        refused = false;
        if (_count == 0 && registry.Find(device) is { } known)
            return known;
        lock (_gate)
        {
            if (!_devices.TryGetValue(device, out var queue))
            {
                if (registry.Find(device) is { } justKnown)
                    return justKnown;
                queue = [];
            }

            refused = _count >= options.Value.MaxWaiting;
            if (refused)
                return null;
            queue.Enqueue(waiting(GraceOf(device)));
            _devices[device] = queue;
            _count++;
            return null;
        }
    }

    /// <summary>Hands the readings of a device that has become known to <paramref name="release"/>, in order.</summary>
    public void Release(string device, Action<WaitingReading, AssetReference> release)
    {
        lock (_gate)
        {
            _strangers.Remove(device);
            if (registry.Find(device) is not { } asset || !_devices.Remove(device, out var queue))
                return;
            foreach (var reading in queue)
                release(reading, asset);
            _count -= queue.Count;
        }
    }

    /// <summary>Takes out the readings of a device, in order.</summary>
    public IReadOnlyCollection<WaitingReading> Remove(string device)
    {
        lock (_gate)
        {
            if (!_devices.Remove(device, out var queue))
                return [];
            _count -= queue.Count;
            return queue;
        }
    }

    /// <summary>
    /// The devices with a reading that has waited its grace, counted from its arrival or from <paramref name="currentSince"/>, whichever is later; none
    /// whose registration is under way.
    /// </summary>
    public IReadOnlyCollection<string> FindOverdue(DateTimeOffset now, DateTimeOffset currentSince)
    {
        if (_count == 0)
            return [];
        lock (_gate)
            return [.. _devices.Where(own => IsOverdue(own.Value.Peek(), now, currentSince) && !registrations.Contains(own.Key)).Select(static own => own.Key)];
    }

    /// <summary>Hands the overdue readings of these devices to <paramref name="judge"/>; the devices are strangers from now on.</summary>
    public void Judge(IEnumerable<string> devices, DateTimeOffset now, DateTimeOffset currentSince, Action<WaitingReading> judge)
    {
        lock (_gate)
        {
            foreach (var device in devices)
            {
                if (!_devices.TryGetValue(device, out var queue))
                    continue;
                while (queue.TryPeek(out var head) && IsOverdue(head, now, currentSince))
                {
                    judge(queue.Dequeue());
                    _count--;
                    RememberStranger(device, now);
                }

                if (queue.Count == 0)
                    _devices.Remove(device);
            }
        }
    }

    private static bool IsOverdue(WaitingReading reading, DateTimeOffset now, DateTimeOffset currentSince) =>
        now >= reading.Since + reading.Grace && (reading.Grace == TimeSpan.Zero || now >= currentSince + reading.Grace);

    private TimeSpan GraceOf(string device) =>
        _strangers.TryGetValue(device, out var until) && time.GetUtcNow() < until ? TimeSpan.Zero : options.Value.UnknownDeviceGrace;

    private void RememberStranger(string device, DateTimeOffset now)
    {
        if (_strangers.Count >= options.Value.MaxWaiting)
            _strangers.Clear();
        _strangers[device] = now + options.Value.StrangerMemory;
    }
}
