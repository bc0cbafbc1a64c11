using EventSourcing.SensorIngest.Contracts;
using EventSourcing.SensorIngest.Options;
using Microsoft.Extensions.Options;

namespace EventSourcing.SensorIngest.Registry;

/// <summary>
/// Device to asset, as the topic <c>assets</c> says it. Written by the topic's reader alone, read by everyone; at most
/// <see cref="DeviceRegistryOptions.MaxDevices"/> devices.
/// </summary>
internal sealed class DeviceRegistry(IOptions<DeviceRegistryOptions> options, ILogger<DeviceRegistry> logger)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, AssetReference> _assetsByDevice = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _devicesByAsset = new(StringComparer.Ordinal);
    private bool _full;

    /// <summary>Devices known, count.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
                return _assetsByDevice.Count;
        }
    }

    /// <summary>Runs after a device became known, on the reader's thread, outside the registry's lock.</summary>
    public event Action<string>? Registered;

    /// <summary>The asset of a device; null when the device is unknown.</summary>
    public AssetReference? Find(string deviceId)
    {
        lock (_gate)
            return _assetsByDevice.GetValueOrDefault(deviceId);
    }

    /// <summary>The latest registration of an asset. A device that moves to another asset, and an asset that gets another device, leave nothing behind.</summary>
    public void Set(AssetRegistered asset)
    {
        var device = asset.DeviceId ?? asset.AssetId;
        lock (_gate)
        {
            Forget(asset.AssetId);
            if (_assetsByDevice.TryGetValue(device, out var earlier))
                _devicesByAsset.Remove(earlier.AssetId);
            else if (_assetsByDevice.Count >= options.Value.MaxDevices)
            {
                ReportFull();
                return;
            }

            _assetsByDevice[device] = new AssetReference(asset.AssetId, asset.Name, asset.Location);
            _devicesByAsset[asset.AssetId] = device;
        }

        Registered?.Invoke(device);
    }

    /// <summary>Removes an asset and its device (a tombstone on the topic).</summary>
    public void Remove(string assetId)
    {
        lock (_gate)
            Forget(assetId);
    }

    private void Forget(string assetId)
    {
        if (_devicesByAsset.Remove(assetId, out var device))
            _assetsByDevice.Remove(device);
    }

    private void ReportFull()
    {
        if (!_full)
            Log.RegistryFull(logger, options.Value.MaxDevices);
        _full = true;
    }
}
