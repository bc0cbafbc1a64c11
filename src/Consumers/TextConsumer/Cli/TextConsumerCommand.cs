using System.CommandLine;
using System.Globalization;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace EventSourcing.TextConsumer.Cli;

/// <summary>The command line: <c>[topic brokers]</c> as the original has it.</summary>
internal static class TextConsumerCommand
{
    private static readonly Argument<string?> Topic = new("topic")
    {
        Arity = ArgumentArity.ZeroOrOne,
        Description = "The topic; default: Text:Topic, text-topic.",
    };

    private static readonly Argument<string?> Brokers = new("brokers")
    {
        Arity = ArgumentArity.ZeroOrOne,
        Description = "Bootstrap servers, host:port,...; default: ConnectionStrings:kafka.",
    };

    private static readonly Option<long?> Count = new("--count") { Description = "End after so many records (Text:Count; 0 = never)." };

    public static RootCommand Create()
    {
        var command = new RootCommand("Prints the records of a topic. The consumer group is CONSUMER_GROUP_ID; unset or DEFAULT takes a new one, which reads everything.")
        {
            Topic, Brokers, Count,
        };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken stop)
    {
        try
        {
            using var host = TextConsumerHost.Build(Settings(parsed));
            await host.RunAsync(stop);
            return 0;
        }
        catch (MissingSettingException exception)
        {
            await Console.Error.WriteLineAsync(exception.Message);
            return 1;
        }
        catch (OptionsValidationException exception)
        {
            await Console.Error.WriteLineAsync(string.Join(Environment.NewLine, exception.Failures));
            return 1;
        }
    }

    private static IEnumerable<KeyValuePair<string, string?>> Settings(ParseResult parsed)
    {
        if (parsed.GetValue(Topic) is { } topic)
            yield return new("Text:Topic", topic);
        if (parsed.GetValue(Brokers) is { } brokers)
            yield return new("ConnectionStrings:kafka", brokers);
        if (parsed.GetValue(Count) is { } count)
            yield return new("Text:Count", count.ToString(CultureInfo.InvariantCulture));
    }
}
