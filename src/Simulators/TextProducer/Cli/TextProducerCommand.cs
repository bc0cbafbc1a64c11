using System.CommandLine;
using Confluent.Kafka;
using EventSourcing.TextProducer.Lines;
using EventSourcing.TextProducer.Options;
using EventSourcing.TextProducer.Sending;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace EventSourcing.TextProducer.Cli;

/// <summary>The command line: <c>[topic brokers]</c> as the original has it, and what the topology adds.</summary>
internal static class TextProducerCommand
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

    private static readonly Option<bool> Once = new("--once") { Description = "Send the three lines and end. The default when topic or brokers are given." };

    private static readonly Option<double?> Rate = new("--rate") { Description = "Lines per second, until stopped. The default without arguments (Text:LinesPerSecond, 50)." };

    private static readonly Option<long?> Count = new("--count") { Description = "End after so many lines (Text:Count; 0 = never)." };

    private static readonly Option<int?> Seed = new("--seed") { Description = "Seed of the generated lines (Text:Seed, 1)." };

    public static RootCommand Create()
    {
        var command = new RootCommand("Sends lines of text to a topic: three fixed ones and end, or at a steady rate until stopped.")
        {
            Topic, Brokers, Once, Rate, Count, Seed,
        };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken stop)
    {
        var once = parsed.GetValue(Once) || (parsed.GetValue(Rate) is null && (parsed.GetValue(Topic) ?? parsed.GetValue(Brokers)) is not null);
        try
        {
            using var host = TextProducerHost.Build(Settings(parsed), steady: !once);
            _ = host.Services.GetRequiredService<IOptions<TextProducerOptions>>().Value; // a bad setting is said before a client is made
            if (once)
                await host.Services.GetRequiredService<OnceSender>().SendAsync(FixedLines.All, stop);
            else
                await host.RunAsync(stop);
            return 0;
        }
        catch (MissingSettingException exception)
        {
            return await FailAsync(exception.Message);
        }
        catch (OptionsValidationException exception)
        {
            return await FailAsync(string.Join(Environment.NewLine, exception.Failures));
        }
        catch (KafkaException exception)
        {
            return await FailAsync($"The lines were not sent: {exception.Error.Reason}");
        }
    }

    private static async Task<int> FailAsync(string message)
    {
        await Console.Error.WriteLineAsync(message);
        return 1;
    }

    private static IEnumerable<KeyValuePair<string, string?>> Settings(ParseResult parsed)
    {
        if (parsed.GetValue(Topic) is { } topic)
            yield return new("Text:Topic", topic);
        if (parsed.GetValue(Brokers) is { } brokers)
            yield return new("ConnectionStrings:kafka", brokers);
        if (parsed.GetValue(Rate) is { } rate)
            yield return new("Text:LinesPerSecond", rate.ToString(System.Globalization.CultureInfo.InvariantCulture));
        if (parsed.GetValue(Count) is { } count)
            yield return new("Text:Count", count.ToString(System.Globalization.CultureInfo.InvariantCulture));
        if (parsed.GetValue(Seed) is { } seed)
            yield return new("Text:Seed", seed.ToString(System.Globalization.CultureInfo.InvariantCulture));
    }
}
