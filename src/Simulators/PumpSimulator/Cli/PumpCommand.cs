using System.CommandLine;
using EventSourcing.PumpSimulator.Compat;
using EventSourcing.PumpSimulator.Model;
using EventSourcing.PumpSimulator.Sending;

namespace EventSourcing.PumpSimulator.Cli;

/// <summary>The command line. Without arguments: the fleet, as <c>replay</c> does. With the original's arguments: what the original did, mended.</summary>
internal static class PumpCommand
{
    private static readonly Argument<string[]> Original = new("original")
    {
        Description = "The original simulator's arguments: topic brokers [number of assets | event pattern trend frequency-ms number pump].",
        Arity = new ArgumentArity(0, 8),
    };

    private static readonly Option<bool> Compat = new("--compat")
    {
        Description = "Reproduce the original byte for byte, defects included (see README).",
    };

    private static readonly Option<string> PropertiesFile = new("--properties")
    {
        Description = "The original's configuration file, read with --compat.",
        DefaultValueFactory = static _ => Properties.DefaultPath,
    };

    /// <summary>All commands.</summary>
    public static RootCommand Create()
    {
        var root = new RootCommand("Simulates pumps: replays real pump data or generates assets and metrics, over MQTT, HTTP or straight to Kafka.")
        {
            ReplayCommand.Create(), AssetsCommand.Create(), MetricsCommand.Create(), LoadCommand.Create(), Original, Compat, PropertiesFile,
        };
        root.SetAction(RunAsync);
        return root;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken stop)
    {
        var arguments = parsed.GetValue(Original) ?? [];
        var compat = parsed.GetValue(Compat);
        if (arguments.Length == 0 && !compat)
            return await ReplayCommand.RunAsync(new Dictionary<string, string?>());

        try
        {
            var settings = compat ? Properties.Load(parsed.GetValue(PropertiesFile)!) : new Dictionary<string, string>();
            var run = PositionalRun.Parse(arguments, compat, settings);
            using var stopping = new ConsoleStop(stop);
            return compat
                ? await CompatRun.RunAsync(run, Console.Out, stopping.Token)
                : await RunMendedAsync(run, stopping.Token);
        }
        catch (ArgumentException wrong)
        {
            await Console.Error.WriteLineAsync(wrong.Message);
            return 2;
        }
    }

    // The original's arguments with its defects mended: typed events, each kind on its own topic unless one is named, trend and pace honoured.
    private static Task<int> RunMendedAsync(PositionalRun run, CancellationToken stop)
    {
        var defaults = new Topics();
        var topics = run.IsEvents ? defaults with { Readings = run.Topic ?? defaults.Readings } : defaults with { Assets = run.Topic ?? defaults.Assets };
        var oneShot = new OneShot(Way.Kafka, topics, Addresses.Settings(Way.Kafka, run.Brokers), Console.Out, TimeProvider.System);
        return run.IsEvents
            ? oneShot.MeasureAsync(run.Pump, MetricSeries.Generate(Metrics.Base, run.Pattern, run.Trend, run.Count), run.Frequency, stop)
            : oneShot.RegisterAsync(AssetsCommand.Generate(run.Count), AssetsCommand.DefaultInterval, stop);
    }
}
