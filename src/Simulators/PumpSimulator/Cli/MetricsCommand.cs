using System.CommandLine;
using EventSourcing.PumpSimulator.Model;
using EventSourcing.PumpSimulator.Sending;

namespace EventSourcing.PumpSimulator.Cli;

/// <summary><c>metrics</c>: a series of one pump's metrics.</summary>
internal static class MetricsCommand
{
    /// <summary>The command.</summary>
    public static Command Create()
    {
        var pattern = new Option<string>("--pattern") { Description = "TDrop, PDrop, CDrop, FDrop, RDrop or Constant.", DefaultValueFactory = static _ => "Constant" };
        var trend = new Option<string>("--trend") { Description = "decrease or increase.", DefaultValueFactory = static _ => "decrease" };
        var frequency = new Option<int>("--frequency") { Description = "Time between two events, ms.", DefaultValueFactory = static _ => 1_000 };
        var count = new Option<int>("--count") { Description = "Events.", DefaultValueFactory = static _ => 10 };
        var pump = new Option<string>("--pump") { Description = "Pump id.", DefaultValueFactory = static _ => "ND01" };
        var to = Addresses.To();
        var address = Addresses.Address();
        var command = new Command("metrics", "Sends a series of metric events of one pump.") { pattern, trend, frequency, count, pump, to, address };
        command.SetAction(async (parsed, stop) =>
        {
            // Through the positional form, so that both have the same rules and messages.
            string[] arguments =
            [
                new Topics().Readings, parsed.GetValue(address) ?? "", "event", parsed.GetValue(pattern)!, parsed.GetValue(trend)!,
                $"{parsed.GetValue(frequency)}", $"{parsed.GetValue(count)}", parsed.GetValue(pump)!,
            ];
            try
            {
                var run = PositionalRun.Parse(arguments, compat: false, new Dictionary<string, string>());
                using var stopping = new ConsoleStop(stop);
                var way = parsed.GetValue(to);
                var oneShot = new OneShot(way, new Topics(), Addresses.Settings(way, parsed.GetValue(address)), Console.Out, TimeProvider.System);
                var series = MetricSeries.Generate(Metrics.Base, run.Pattern, run.Trend, run.Count);
                return await oneShot.MeasureAsync(run.Pump, series, run.Frequency, stopping.Token);
            }
            catch (ArgumentException wrong)
            {
                await Console.Error.WriteLineAsync(wrong.Message);
                return 2;
            }
        });
        return command;
    }
}
