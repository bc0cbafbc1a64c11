using System.Net.Sockets;
using Microsoft.Extensions.Logging;

namespace EventSourcing.LocalKafka.Host;

/// <summary>Runs a broker until it is told to stop; what cannot work is one line on standard error and exit code 1.</summary>
internal static class HostRunner
{
    private const int Success = 0;
    private const int Failure = 1;

    public static async Task<int> RunAsync(LocalKafkaOptions options, CancellationToken stop)
    {
        using var logging = LoggerFactory.Create(builder => builder
            .AddSimpleConsole(console => (console.SingleLine, console.TimestampFormat) = (true, "HH:mm:ss.fff "))
            .AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace));
        options.LoggerFactory = logging;
        try
        {
            await using var broker = await LocalKafkaBroker.StartAsync(options, stop);
            await Console.Out.WriteLineAsync($"LocalKafka listening on {options.Address}:{broker.Port}, data in {broker.DataDirectory}");
            foreach (var listener in options.AdditionalListeners)
                await Console.Out.WriteLineAsync($"LocalKafka serves {listener.SecurityProtocol} at {broker.BootstrapServersOf(listener.SecurityProtocol)}");
            if (options.AdditionalListeners.Select(listener => listener.SecurityProtocol).Append(options.SecurityProtocol).Any(UsesTls))
                await Console.Out.WriteLineAsync($"LocalKafka's certificate, for clients to trust, is {broker.CertificateFile}");
            await Task.Delay(Timeout.InfiniteTimeSpan, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return Success;
        }
        catch (SocketException exception) when (exception.SocketErrorCode == SocketError.AddressAlreadyInUse)
        {
            return await FailAsync($"Port {options.Port} is taken by another process. Stop it, or choose another port with --port.");
        }
        catch (SocketException exception)
        {
            return await FailAsync($"Cannot listen on {options.Address}:{options.Port}: {exception.Message}");
        }
        catch (Exception exception) when (exception is IOException or InvalidDataException or ArgumentException)
        {
            return await FailAsync(exception.Message);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return Success;
        }
    }

    private static bool UsesTls(SecurityProtocol protocol) => protocol is SecurityProtocol.Ssl or SecurityProtocol.SaslSsl;

    private static async Task<int> FailAsync(string message)
    {
        await Console.Error.WriteLineAsync($"LocalKafka: {message}");
        return Failure;
    }
}
