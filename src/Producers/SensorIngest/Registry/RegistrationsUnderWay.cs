namespace EventSourcing.SensorIngest.Registry;

/// <summary>
/// Devices whose registration this replica has taken and that has no receipt yet: it may be acknowledged to its sender already (MQTT), and the topic
/// cannot tell of it. Thread-safe.
/// </summary>
internal sealed class RegistrationsUnderWay
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, int> _devices = new(StringComparer.Ordinal);

    /// <summary>A registration of the device was taken.</summary>
    public void Begin(string device)
    {
        lock (_gate)
            _devices[device] = _devices.GetValueOrDefault(device) + 1;
    }

    /// <summary>A registration of the device has its receipt.</summary>
    public void End(string device)
    {
        lock (_gate)
        {
            if (--_devices[device] == 0)
                _devices.Remove(device);
        }
    }

    /// <summary>True while a registration of the device has no receipt.</summary>
    public bool Contains(string device)
    {
        lock (_gate)
            return _devices.ContainsKey(device);
    }
}
