using EventSourcing.PumpSimulator.Events;
using EventSourcing.PumpSimulator.Fleet;
using EventSourcing.PumpSimulator.Model;
using EventSourcing.PumpSimulator.Sending;
using EventSourcing.Receipts;

namespace EventSourcing.PumpSimulator.Cli;

/// <summary>Sends a few events one after the other, prints each answer, and ends: 0 when all were taken, 1 when one was not, 130 when stopped.</summary>
internal sealed class OneShot(Way way, Topics topics, IReadOnlyDictionary<string, string?> settings, TextWriter output, TimeProvider time)
{
    private readonly string _run = RunId.New();
    private bool _failed;

    /// <summary>New assets, random or from a file.</summary>
    public Task<int> RegisterAsync(IReadOnlyList<PumpAsset> assets, TimeSpan interval, CancellationToken stop) => RunAsync(
        async (transport, pause) =>
        {
            foreach (var asset in assets)
            {
                await SendAsync(transport, PumpDevice.Of(asset, _run, way, time).Registration(asset), stop);
                await pause(interval);
            }
        },
        assets[0].Id,
        stop);

    /// <summary>Metric events of one pump; through a gateway the pump is registered first.</summary>
    public Task<int> MeasureAsync(string pump, IReadOnlyList<Metrics> series, TimeSpan interval, CancellationToken stop) => RunAsync(
        async (transport, pause) =>
        {
            var device = new PumpDevice(pump, pump, $"Pump {pump}", null, _run, way, time);
            if (!transport.IsDirect)
                await SendAsync(transport, device.Registration(), stop);
            for (var i = 0; i < series.Count; i++)
            {
                await SendAsync(transport, device.Reading(series[i], time.GetUtcNow(), transport.IsDirect), stop);
                await pause(i == series.Count - 1 ? TimeSpan.Zero : interval);
            }
        },
        pump,
        stop);

    private async Task<int> RunAsync(Func<IPumpTransport, Func<TimeSpan, Task>, Task> send, string device, CancellationToken stop)
    {
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { ContentRootPath = AppContext.BaseDirectory });
        builder.Configuration.AddInMemoryCollection(settings);
        builder.AddPumpTransports(topics);
        using var host = builder.Build();
        try
        {
            await using var transport = host.Services.GetRequiredService<TransportFactory>().Create(way, device, _run);
            await send(transport, interval => Task.Delay(interval, time, stop));
            return _failed ? 1 : 0;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return 130;
        }
        catch (InvalidOperationException misconfigured)
        {
            await output.WriteLineAsync(misconfigured.Message);
            return 1;
        }
    }

    private Task SendAsync(IPumpTransport transport, PumpMessage message, CancellationToken stop) =>
        new ReliableSender(transport, new ReceiptBook(), topics, time).SendAsync([message], Print, stop, stop);

    private void Print(PumpMessage message, Answer answer)
    {
        _failed |= answer.Kind is AnswerKind.Rejected or AnswerKind.NotTaken or AnswerKind.Unknown;
        output.WriteLine($"{message.Device} {message.Kind} {message.Sequence}: {answer.Kind}, {answer.Detail}");
    }
}
