using System.CommandLine;
using EventSourcing.PumpSimulator.Sending;

namespace EventSourcing.PumpSimulator.Cli;

/// <summary>Where the commands send to: an address on the command line, else configuration, else the default port on this machine.</summary>
internal static class Addresses
{
    /// <summary><c>--to</c>.</summary>
    public static Option<Way> To() => new("--to")
    {
        Description = "The way: mqtt (through SensorIngest), http (to SensorIngest) or kafka (straight to the topic).",
        DefaultValueFactory = static _ => Way.Mqtt,
    };

    /// <summary><c>--address</c>.</summary>
    public static Option<string?> Address() => new("--address")
    {
        Description = "mqtt://host:port, http://host:port or host:port[,host:port] of Kafka; default: the environment's, else this machine's usual port.",
    };

    /// <summary>The configuration that makes a way go to an address.</summary>
    public static Dictionary<string, string?> Settings(Way way, string? address) => way switch
    {
        Way.Mqtt => new() { ["ConnectionStrings:mqtt"] = address ?? Environment("ConnectionStrings__mqtt") ?? "mqtt://127.0.0.1:1883" },
        Way.Http => new() { ["HttpWay:Address"] = address ?? Environment("HttpWay__Address") ?? "http://127.0.0.1:5111" },
        _ => new() { ["ConnectionStrings:kafka"] = address ?? Environment("ConnectionStrings__kafka") ?? "127.0.0.1:9092" },
    };

    private static string? Environment(string name) => System.Environment.GetEnvironmentVariable(name);
}
