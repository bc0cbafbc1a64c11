using System.Globalization;
using EventSourcing.SensorIngest.Options;

namespace EventSourcing.SensorIngest.Mqtt;

/// <summary>
/// One lane of the devices' traffic, held by one replica at a time: a session of its own at the broker, so that what is queued or
/// unacknowledged there goes to whoever holds the lane next, in order. The lock file is the hold; the operating system releases it when
/// the process ends, however it ends.
/// </summary>
internal sealed class Lane : IDisposable
{
    private readonly FileStream _lock;

    private Lane(int number, string clientId, FileStream held) => (Number, ClientId, _lock) = (number, clientId, held);

    /// <summary>From 0.</summary>
    public int Number { get; }

    /// <summary>MQTT client id of the lane's session.</summary>
    public string ClientId { get; }

    /// <summary>Takes a lane; null when another process of this machine holds it.</summary>
    public static Lane? TryTake(MqttSourceOptions options, MqttAddress address, int number)
    {
        var folder = Directory.CreateDirectory(FolderOf(options, address)).FullName;
        var name = string.Create(CultureInfo.InvariantCulture, $"{TopicPattern.LanePrefix}{number}");
        try
        {
            var held = new FileStream(Path.Combine(folder, $"{name}.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            return new Lane(number, $"{options.ShareName}-{name}", held);
        }
        catch (IOException)
        {
            return null;
        }
    }

    /// <summary>Gives the lane back.</summary>
    public void Dispose() => _lock.Dispose();

    private static string FolderOf(MqttSourceOptions options, MqttAddress address) => Path.Combine(
        options.StateDirectory ?? Path.Combine(
            Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.Create), "EventSourcing", "sensor-ingest"),
        $"{options.ShareName}@{address.FileName}");
}
