using System.CommandLine;
using EventSourcing.PumpSimulator.Model;
using EventSourcing.PumpSimulator.Sending;

namespace EventSourcing.PumpSimulator.Cli;

/// <summary><c>load</c>: registers the assets of a file.</summary>
internal static class LoadCommand
{
    /// <summary>The command.</summary>
    public static Command Create()
    {
        var file = new Option<string>("--file") { Description = "JSON array of pumps; default: the six that come with the simulator.", DefaultValueFactory = static _ => PumpFile.DefaultPath };
        var to = Addresses.To();
        var address = Addresses.Address();
        var command = new Command("load", "Registers the assets of a file.") { file, to, address };
        command.SetAction(async (parsed, stop) =>
        {
            try
            {
                var assets = PumpFile.Load(parsed.GetValue(file)!);
                if (assets.Count == 0)
                    return 0;
                using var stopping = new ConsoleStop(stop);
                var way = parsed.GetValue(to);
                var oneShot = new OneShot(way, new Topics(), Addresses.Settings(way, parsed.GetValue(address)), Console.Out, TimeProvider.System);
                return await oneShot.RegisterAsync(assets, TimeSpan.Zero, stopping.Token);
            }
            catch (Exception wrong) when (wrong is InvalidDataException or IOException)
            {
                await Console.Error.WriteLineAsync(wrong.Message);
                return 2;
            }
        });
        return command;
    }
}
