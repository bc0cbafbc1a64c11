using System.CommandLine;
using System.Globalization;
using EventSourcing.PumpSimulator.Fleet;
using Microsoft.Extensions.Options;

namespace EventSourcing.PumpSimulator.Cli;

/// <summary><c>replay</c>: the fleet replays a pump data file in a loop; options override the configuration section <c>Pumps</c>.</summary>
internal static class ReplayCommand
{
    /// <summary>The command.</summary>
    public static Command Create()
    {
        var data = new Option<string?>("--data") { Description = "Data file like submersible_pump_data.csv; default: the excerpt that comes with the simulator." };
        var rate = new Option<double?>("--rate") { Description = "Readings per second; default 400." };
        var count = new Option<long?>("--count") { Description = "Readings after which it ends; default: none, until stopped." };
        var command = new Command("replay", "Registers a fleet of pumps and replays a data file over MQTT, HTTP and straight to Kafka.") { data, rate, count };
        command.SetAction((parsed, _) => RunAsync(new Dictionary<string, string?>
        {
            ["Pumps:DataFile"] = parsed.GetValue(data),
            ["Pumps:RatePerSecond"] = parsed.GetValue(rate)?.ToString(CultureInfo.InvariantCulture),
            ["Pumps:Count"] = parsed.GetValue(count)?.ToString(CultureInfo.InvariantCulture),
        }));
        return command;
    }

    /// <summary>Runs the fleet's host until it is stopped (SIGTERM, Ctrl-C) or its count is done; returns the exit code.</summary>
    public static async Task<int> RunAsync(IReadOnlyDictionary<string, string?> settings)
    {
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { ContentRootPath = AppContext.BaseDirectory });
        builder.Configuration.AddInMemoryCollection(settings.Where(static setting => setting.Value is not null));
        builder.AddServiceDefaults();          // OpenTelemetry, service discovery
        builder.AddPumpFleet();                // devices, their ways, receipts to the ledger
        try
        {
            await builder.Build().RunAsync();
            return 0;
        }
        catch (Exception wrong) when (wrong is OptionsValidationException or InvalidOperationException or InvalidDataException)
        {
            await Console.Error.WriteLineAsync(wrong.Message);
            return 2;
        }
    }
}
