using CloudNative.CloudEvents;
using EventSourcing.EventBackbone;
using EventSourcing.SensorIngest.Contracts;
using EventSourcing.SensorIngest.Intake;
using EventSourcing.SensorIngest.Options;
using EventSourcing.SensorIngest.Registry;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace EventSourcing.SensorIngest.Tests.Registry;

public sealed class WaitingRoomTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly DeviceRegistry _registry;
    private readonly RegistrationsUnderWay _registrations = new();
    private readonly WaitingRoom _room;
    private readonly List<string> _released = [];

    public WaitingRoomTests()
    {
        var options = Microsoft.Extensions.Options.Options.Create(new DeviceRegistryOptions { UnknownDeviceGrace = TimeSpan.FromSeconds(10), MaxWaiting = 3 });
        _registry = new DeviceRegistry(options, NullLogger<DeviceRegistry>.Instance);
        _room = new WaitingRoom(_registry, _registrations, options, _time);
        _registry.Registered += device => _room.Release(device, (reading, _) => _released.Add(reading.Event.Envelope.Id!));
    }

    [Fact]
    public void Readings_OfAnUnknownDevice_AreReleasedInOrderByItsRegistration()
    {
        Assert.Null(Enter("d1", "1", out _));
        Assert.Null(Enter("d1", "2", out _));

        Register("d1");

        Assert.Equal(["1", "2"], _released);
        Assert.NotNull(Enter("d1", "3", out _));
        Assert.Equal(0, _room.Count);
    }

    [Fact]
    public void Reading_BeyondTheLimit_IsRefused()
    {
        foreach (var id in new[] { "1", "2", "3" })
            Enter($"d{id}", id, out _);

        Enter("d4", "4", out var refused);

        Assert.True(refused);
    }

    [Fact]
    public void Reading_IsOverdue_OnlyAfterItsGraceWithACurrentRegistry()
    {
        Enter("d1", "1", out _);
        var start = _time.GetUtcNow();

        Assert.Empty(_room.FindOverdue(start + TimeSpan.FromSeconds(9), DateTimeOffset.MinValue));
        Assert.Empty(_room.FindOverdue(start + TimeSpan.FromSeconds(10), currentSince: start + TimeSpan.FromSeconds(5)));
        Assert.Equal(["d1"], _room.FindOverdue(start + TimeSpan.FromSeconds(15), currentSince: start + TimeSpan.FromSeconds(5)));
    }

    [Fact]
    public void Reading_IsNotOverdue_WhileARegistrationOfItsDeviceIsUnderWay()
    {
        Enter("d1", "1", out _);
        _registrations.Begin("d1");
        _registrations.Begin("d1");
        _time.Advance(TimeSpan.FromMinutes(1));

        _registrations.End("d1");
        Assert.Empty(Overdue());

        _registrations.End("d1");
        Assert.Equal(["d1"], Overdue());
    }

    [Fact]
    public void Readings_TakenOut_AreNeitherJudgedNorReleased()
    {
        Enter("d1", "1", out _);
        Enter("d1", "2", out _);
        _time.Advance(TimeSpan.FromMinutes(1));
        var overdue = Overdue();

        Assert.Equal(["1", "2"], _room.Remove("d1").Select(reading => reading.Event.Envelope.Id));
        Judge(overdue);
        Register("d1");

        Assert.Empty(_released);
        Assert.Equal(0, _room.Count);
    }

    [Fact]
    public void Stranger_IsJudgedWithoutGrace_UntilItRegisters()
    {
        Enter("d1", "1", out _);
        _time.Advance(TimeSpan.FromSeconds(10));
        Judge(Overdue());

        Enter("d1", "2", out _);
        Assert.Equal(["d1"], _room.FindOverdue(_time.GetUtcNow(), currentSince: _time.GetUtcNow()));
        Register("d1");

        Assert.Equal(["refused 1", "2"], _released);
    }

    private IReadOnlyCollection<string> Overdue() => _room.FindOverdue(_time.GetUtcNow(), DateTimeOffset.MinValue);

    private void Judge(IEnumerable<string> devices) =>
        _room.Judge(devices, _time.GetUtcNow(), DateTimeOffset.MinValue, reading => _released.Add($"refused {reading.Event.Envelope.Id}"));

    private AssetReference? Enter(string device, string id, out bool refused)
    {
        var cloudEvent = new CloudEvent { Id = id, Source = new Uri("/s", UriKind.Relative), Type = EventTypes.SensorReading };
        var incoming = new IncomingEvent(cloudEvent, device, new SensorReading { DeviceId = device }, null, false);
        return _room.Enter(device, grace => new WaitingReading(incoming, new Ignored(), default, _time.GetUtcNow(), grace), out refused);
    }

    private void Register(string device) => _registry.Set(new AssetRegistered { AssetId = $"asset-{device}", DeviceId = device, Name = "n" });

    private sealed class Ignored : IIntakeOutcome
    {
        public void Complete(Receipt receipt)
        {
        }
    }
}
