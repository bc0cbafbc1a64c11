using System.Diagnostics;
using System.Diagnostics.Metrics;
using EventSourcing.Shoppers.Shopping;

namespace EventSourcing.Shoppers.Telemetry;

/// <summary>Meter and source <c>EventSourcing.Shoppers</c>. Edges sample: a trace starts for every Nth command.</summary>
internal sealed class ShoppersTelemetry : IDisposable
{
    /// <summary>Name of the meter and of the activity source.</summary>
    public const string Name = "EventSourcing.Shoppers";

    private readonly ActivitySource _source = new(Name);
    private readonly Counter<long> _commands;

    /// <summary>Creates the instruments.</summary>
    public ShoppersTelemetry(IMeterFactory meters) =>
        _commands = meters.Create(Name).CreateCounter<long>("eventsourcing.shoppers.commands", "{command}", "Commands that have their final answer, by outcome.");

    /// <summary>The context a command is sent in: a trace of its own when it is its turn, else one that is not recorded, so that neither client nor service starts one.</summary>
    public Activity StartCommand(Command command, int every)
    {
        Activity.Current = null;
        return every > 0 && command.Sequence % every == 1 % every && _source.StartActivity(command.Name, ActivityKind.Internal) is { } trace
            ? trace
            : new Activity("untraced").SetIdFormat(ActivityIdFormat.W3C).Start();
    }

    /// <summary>A command has its final answer.</summary>
    public void Answered(string command, string outcome) => _commands.Add(1, new("command", command), new("outcome", outcome));

    /// <summary>Ends the source; the meter is the factory's.</summary>
    public void Dispose() => _source.Dispose();
}
