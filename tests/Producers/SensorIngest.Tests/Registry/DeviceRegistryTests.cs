using EventSourcing.SensorIngest.Contracts;
using EventSourcing.SensorIngest.Options;
using EventSourcing.SensorIngest.Registry;
using Microsoft.Extensions.Logging.Abstractions;

namespace EventSourcing.SensorIngest.Tests.Registry;

public sealed class DeviceRegistryTests
{
    private readonly DeviceRegistry _registry = new(
        Microsoft.Extensions.Options.Options.Create(new DeviceRegistryOptions { MaxDevices = 2 }), NullLogger<DeviceRegistry>.Instance);

    [Fact]
    public void Asset_ThatGetsAnotherDevice_LeavesTheFirstUnknown()
    {
        _registry.Set(Asset("A", "d1"));
        _registry.Set(Asset("A", "d2"));

        Assert.Null(_registry.Find("d1"));
        Assert.Equal("A", _registry.Find("d2")?.AssetId);
    }

    [Fact]
    public void Device_ThatMovesToAnotherAsset_IsNotRemovedWithTheFirst()
    {
        _registry.Set(Asset("A", "d1"));
        _registry.Set(Asset("B", "d1"));
        _registry.Remove("A");

        Assert.Equal("B", _registry.Find("d1")?.AssetId);
    }

    [Fact]
    public void Tombstone_RemovesAssetAndDevice()
    {
        _registry.Set(Asset("A", "d1"));
        _registry.Remove("A");

        Assert.Null(_registry.Find("d1"));
        Assert.Equal(0, _registry.Count);
    }

    [Fact]
    public void FullRegistry_LeavesNewDevicesUnknownAndUpdatesKnownOnes()
    {
        _registry.Set(Asset("A", "d1"));
        _registry.Set(Asset("B", "d2"));
        _registry.Set(Asset("C", "d3"));
        _registry.Set(Asset("B", "d2") with { Name = "new name" });

        Assert.Null(_registry.Find("d3"));
        Assert.Equal("new name", _registry.Find("d2")?.Name);
        Assert.Equal(2, _registry.Count);
    }

    private static AssetRegistered Asset(string asset, string device) => new() { AssetId = asset, DeviceId = device, Name = "n" };
}
