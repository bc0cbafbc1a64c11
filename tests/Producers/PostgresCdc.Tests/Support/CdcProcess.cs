using EventSourcing.TestKit;
using EventSourcing.TestKit.Kafka;
using EventSourcing.TestKit.Processes;

namespace EventSourcing.PostgresCdc.Tests.Support;

/// <summary>The service as a process of its own, which can be killed.</summary>
internal static class CdcProcess
{
    public static TestProcess Start(Rig rig, string[] tables, params (string Key, string? Value)[] own)
    {
        var environment = rig.Settings(tables, own).ToDictionary(setting => setting.Key.Replace(":", "__", StringComparison.Ordinal), setting => setting.Value);
        environment["ASPNETCORE_URLS"] = "http://127.0.0.1:0";
        return TestProcess.Start("dotnet", [Path.Combine(AppContext.BaseDirectory, "PostgresCdc.dll")], environment, rig.Folder.Path);
    }

    /// <summary>How many records a topic has; 0 before it exists.</summary>
    public static async Task<long> CountAsync(Rig rig, string table)
    {
        try
        {
            return await TopicLog.CountAsync(rig.Kafka.BootstrapServers, rig.Topic(table));
        }
        catch (Exception absent) when (absent is Confluent.Kafka.KafkaException or InvalidOperationException)
        {
            return 0;
        }
    }

    /// <summary>Waits until a topic has this many records.</summary>
    public static async Task HasAsync(Rig rig, TestProcess process, string table, long count, CancellationToken stop)
    {
        try
        {
            await Eventually.ValueAsync(
                _ => process.HasExited ? throw new InvalidOperationException(process.Output) : CountAsync(rig, table), seen => seen >= count,
                $"{count} records on {table}", TimeSpan.FromMinutes(2), stop);
        }
        catch (TimeoutException late)
        {
            throw new TimeoutException($"{late.Message} The service said:\n{process.Output}", late);
        }
    }
}
