using EventSourcing.SensorIngest.Options;

namespace EventSourcing.SensorIngest.Mqtt;

/// <summary>
/// This replica's number among those of its machine: a lock file that the operating system releases when the process ends, however it
/// ends. Two replicas never hold one slot, and a replica that starts again finds the first free one, and with it the session of the
/// replica that held it before.
/// </summary>
internal sealed class ClientSlot : IDisposable
{
    private const int MaxSlots = 1_000;

    private readonly FileStream? _lock;

    private ClientSlot(string clientId, int number, FileStream? held) => (ClientId, Number, _lock) = (clientId, number, held);

    /// <summary>MQTT client id.</summary>
    public string ClientId { get; }

    /// <summary>Slot number, from 0; -1 when the client id was configured.</summary>
    public int Number { get; }

    /// <summary>Takes the configured client id or else the first free slot.</summary>
    /// <exception cref="InvalidOperationException">All slots are taken.</exception>
    public static ClientSlot Take(MqttSourceOptions options, MqttAddress address)
    {
        if (options.ClientId is { Length: > 0 } configured)
            return new ClientSlot(configured, -1, null);
        for (var number = 0; number < MaxSlots; number++)
        {
            if (TryTake(options, address, number) is { } slot)
                return slot;
        }

        throw new InvalidOperationException($"All {MaxSlots} MQTT client slots in '{FolderOf(options, address)}' are taken: set Mqtt:ClientId or Mqtt:StateDirectory.");
    }

    /// <summary>Takes one slot; null when another process holds it.</summary>
    public static ClientSlot? TryTake(MqttSourceOptions options, MqttAddress address, int number)
    {
        var folder = Directory.CreateDirectory(FolderOf(options, address)).FullName;
        try
        {
            var held = new FileStream(Path.Combine(folder, $"slot-{number}.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            return new ClientSlot($"{options.ShareName}-{Environment.MachineName}-{number}", number, held);
        }
        catch (IOException)
        {
            return null;
        }
    }

    /// <summary>The numbers of all slots that are or were taken.</summary>
    public static IReadOnlyList<int> FindKnown(MqttSourceOptions options, MqttAddress address)
    {
        var folder = new DirectoryInfo(FolderOf(options, address));
        return folder.Exists
            ? [.. folder.EnumerateFiles("slot-*.lock").Select(static file => int.TryParse(file.Name.AsSpan()[5..^5], out var number) ? number : -1).Where(static number => number >= 0)]
            : [];
    }

    /// <summary>Gives the slot back and forgets it: its session is ended.</summary>
    public void Delete()
    {
        if (_lock is not null)
            File.Delete(_lock.Name);
        Dispose();
    }

    /// <summary>Gives the slot back.</summary>
    public void Dispose() => _lock?.Dispose();

    private static string FolderOf(MqttSourceOptions options, MqttAddress address) => Path.Combine(
        options.StateDirectory ?? Path.Combine(
            Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.Create), "EventSourcing", "sensor-ingest"),
        $"{options.ShareName}@{address.FileName}");
}
