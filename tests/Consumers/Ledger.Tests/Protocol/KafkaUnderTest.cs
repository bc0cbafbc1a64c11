using EventSourcing.LocalKafka;
using EventSourcing.TestKit;
using EventSourcing.TestKit.Kafka;

namespace EventSourcing.Ledger.Tests.Protocol;

/// <summary>A broker that a test class shares; it can be stopped and started again on its port and data.</summary>
public abstract class KafkaUnderTest : IAsyncLifetime
{
    public abstract string BootstrapServers { get; }

    public abstract ValueTask InitializeAsync();

    public abstract Task StopAsync();

    public abstract Task RestartAsync();

    public abstract ValueTask DisposeAsync();
}

public sealed class LocalKafkaUnderTest : KafkaUnderTest
{
    private readonly TempFolder _folder = new("ledger-kafka");
    private LocalKafkaBroker? _broker;
    private string _bootstrapServers = "";

    public override string BootstrapServers => _bootstrapServers;

    public override async ValueTask InitializeAsync() => await StartAsync(FreePort.Next());   // kept over a restart, so none that the system gives to other sockets

    public override async Task StopAsync()
    {
        if (_broker is not null)
            await _broker.DisposeAsync();
        _broker = null;
    }

    public override async Task RestartAsync() => await StartAsync(int.Parse(BootstrapServers.Split(':')[1], System.Globalization.CultureInfo.InvariantCulture));

    public override async ValueTask DisposeAsync()
    {
        await StopAsync();
        _folder.Dispose();
    }

    private async Task StartAsync(int port)
    {
        _broker = await LocalKafkaBroker.StartAsync(new LocalKafkaOptions { Port = port, DataDirectory = _folder.Path });
        _bootstrapServers = _broker.BootstrapServers;
    }
}

public sealed class ApacheKafkaUnderTest : KafkaUnderTest
{
    private ApacheKafka? _broker;

    public override string BootstrapServers => _broker!.BootstrapServers;

    public override async ValueTask InitializeAsync()
    {
        if (Requires.KafkaHome)
            _broker = await ApacheKafka.StartAsync();
    }

    public override Task StopAsync() => _broker!.StopAsync();

    public override Task RestartAsync() => _broker!.RestartAsync();

    public override async ValueTask DisposeAsync()
    {
        if (_broker is not null)
            await _broker.DisposeAsync();
    }
}
