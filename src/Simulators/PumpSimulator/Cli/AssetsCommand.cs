using System.CommandLine;
using EventSourcing.PumpSimulator.Model;
using EventSourcing.PumpSimulator.Sending;

namespace EventSourcing.PumpSimulator.Cli;

/// <summary><c>assets</c>: random new assets.</summary>
internal static class AssetsCommand
{
    /// <summary>Time between two assets, as the original waits.</summary>
    public static readonly TimeSpan DefaultInterval = TimeSpan.FromSeconds(1);

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var count = new Option<int>("--count") { Description = "Assets.", DefaultValueFactory = static _ => 5 };
        count.Validators.Add(static result =>
        {
            if (result.GetValueOrDefault<int>() < 1)
                result.AddError("--count must be at least 1.");
        });
        var to = Addresses.To();
        var address = Addresses.Address();
        var command = new Command("assets", "Registers random new assets, one per second.") { count, to, address };
        command.SetAction(async (parsed, stop) =>
        {
            using var stopping = new ConsoleStop(stop);
            var way = parsed.GetValue(to);
            var oneShot = new OneShot(way, new Topics(), Addresses.Settings(way, parsed.GetValue(address)), Console.Out, TimeProvider.System);
            return await oneShot.RegisterAsync(Generate(parsed.GetValue(count)), DefaultInterval, stopping.Token);
        });
        return command;
    }

    /// <summary>Random assets.</summary>
    public static IReadOnlyList<PumpAsset> Generate(int count) =>
        [.. Enumerable.Range(0, count).Select(static i => PumpAsset.Generate(Random.Shared, i, DateTimeOffset.Now))];
}
